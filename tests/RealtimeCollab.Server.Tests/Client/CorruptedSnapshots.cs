using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>Replaces the content of the first snapshots that the hub gives, so that whoever joins has a wrong copy, and holds checksums back.</summary>
internal sealed class CorruptedSnapshots(int count) : IHubFilter, IDisposable
{
    public const string Text = "wrong";

    private readonly SemaphoreSlim _heartbeats = new(0);
    private int _left = count;
    private bool _tellsChecksums;

    /// <summary>Whether heartbeats bring checksums: not before the test listens to what they lead to.</summary>
    public bool TellsChecksums
    {
        get => Volatile.Read(ref _tellsChecksums);
        set => Volatile.Write(ref _tellsChecksums, value);
    }

    /// <summary>Waits for a heartbeat that brings checksums.</summary>
    public async Task NextHeartbeatAsync()
    {
        if (!await _heartbeats.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken))
            throw new TimeoutException("No heartbeat came.");
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        switch (await next(invocationContext))
        {
            case DocumentSnapshot { Content: not null } snapshot when Interlocked.Decrement(ref _left) >= 0:
                return snapshot with { Content = new DocumentContent(Document.FromText(Text), snapshot.ContentType) };
            case HeartbeatResult beat when TellsChecksums:
                _heartbeats.Release();
                return beat;
            case HeartbeatResult beat:
                return beat with { Checksums = new Dictionary<string, DocumentChecksum>(StringComparer.Ordinal) };
            case var result:
                return result;
        }
    }

    public void Dispose() => _heartbeats.Dispose();
}
