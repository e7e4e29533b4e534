using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>A connection that counts among the open ones until it is disposed, which a HubConnection does with every connection that has ended.</summary>
internal sealed class CountedConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly Measurements _measurements;
    private int _disposed;

    public CountedConnection(ConnectionContext inner, Measurements measurements)
    {
        (_inner, _measurements) = (inner, measurements);
        measurements.Connected();
    }

    public override string ConnectionId { get => _inner.ConnectionId; set => _inner.ConnectionId = value; }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items { get => _inner.Items; set => _inner.Items = value; }

    public override IDuplexPipe Transport { get => _inner.Transport; set => _inner.Transport = value; }

    public override CancellationToken ConnectionClosed { get => _inner.ConnectionClosed; set => _inner.ConnectionClosed = value; }

    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _measurements.Disconnected();
        await _inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
