using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Connections;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// A connection as rooms see it: something to send to without waiting. What it has not taken yet is counted, and a receiver
/// that is too far behind is cut.
/// </summary>
internal sealed class Receiver(HubConnectionContext connection, DeliveryLimits limits, TimeProvider time, DeliveryMetrics? metrics, ILogger logger)
{
    private readonly Backlog _backlog = new(limits, time);
    private volatile bool _isCut;
    private volatile bool _isPingWaiting;

    public string ConnectionId => connection.ConnectionId;

    public string? UserId => connection.UserIdentifier;

    /// <summary>The groups that it is in; guarded by the lock of <see cref="ReceiverGroups"/>.</summary>
    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Messages that it has not taken yet, in bytes.</summary>
    public long WaitingBytes => _backlog.Bytes;

    /// <summary>Its transport tells by itself that the server is there, as long polling does.</summary>
    public bool HasInherentKeepAlive => connection.Features.Get<IConnectionInherentKeepAliveFeature>()?.HasInherentKeepAlive == true;

    /// <summary>When it is to be pinged, as a timestamp; belongs to <see cref="Pings"/>.</summary>
    public long PingAt { get; set; }

    /// <summary>Starts to send. Messages of one caller arrive in the order of its calls.</summary>
    public void Send(SerializedHubMessage message)
    {
        if (_isCut)
            return;
        var write = connection.WriteAsync(message, CancellationToken.None);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
            return;
        }

        // written once for each protocol and kept with the message: this only looks it up
        var bytes = message.GetSerializedMessage(connection.Protocol).Length;
        if (_backlog.TryBegin(bytes))
            CutIfOverdue();
        else
            Cut(TimeSpan.Zero);
        _ = FinishAsync(write, bytes);
    }

    /// <summary>
    /// Tells that the server is there, unless something is on its way that does. A ping that has to wait is not counted: behind a large answer on a slow line
    /// it may wait for long, and is nothing to be cut for.
    /// </summary>
    public void Ping(SerializedHubMessage ping)
    {
        if (_isCut || _isPingWaiting || _backlog.Bytes > 0)
            return;
        var write = connection.WriteAsync(ping, CancellationToken.None);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
            return;
        }

        _isPingWaiting = true;
        _ = FinishPingAsync(write);
    }

    /// <inheritdoc cref="Backlog.ExpectLargeAnswer"/>
    public void ExpectLargeAnswer(long bytes) => _backlog.ExpectLargeAnswer(bytes);

    /// <summary>Cuts the connection if what waits for it has waited too long.</summary>
    public void CutIfOverdue()
    {
        if (_backlog.IsOverdue(out var age))
            Cut(age);
    }

    /// <summary>The connection has gone by itself: there is nothing to cut any more, and its request may be another's by now.</summary>
    public void Leave() => _isCut = true;

    private async Task FinishPingAsync(ValueTask write)
    {
        // does not throw, as in FinishAsync
        await write;
        _isPingWaiting = false;
    }

    private async Task FinishAsync(ValueTask write, int bytes)
    {
        // does not throw: SignalR itself logs a failed write and aborts the connection
        await write;
        _backlog.End(bytes);
    }

    private void Cut(TimeSpan age)
    {
        if (_isCut)
            return;
        _isCut = true;
        metrics?.CountCut();
        DeliveryLog.ReceiverCut(logger, ConnectionId, _backlog.Bytes, age.TotalMilliseconds);
        connection.Abort();
        // SignalR would still say goodbye, behind the write that is stuck: only the loss of the socket ends that one
        connection.GetHttpContext()?.AbortUnlessOver();
    }
}
