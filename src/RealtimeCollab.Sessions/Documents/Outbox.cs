using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// What the members of a document are still to hear, in order; one reader sends it. The turn never waits for it: when it is
/// full the message is dropped, and clients find the gap by the next revision or their heartbeat.
/// </summary>
internal sealed class Outbox
{
    private readonly Channel<Func<CancellationToken, ValueTask>> _messages;
    private readonly string _documentId;
    private readonly ILogger _logger;
    private readonly CollabMetrics? _metrics;
    private readonly CancellationToken _stopping;
    private int _waiting;
    private long _dropped;

    public Outbox(string documentId, int capacity, ILogger logger, CollabMetrics? metrics, CancellationToken stopping)
    {
        (_documentId, _logger, _metrics, _stopping) = (documentId, logger, metrics, stopping);
        _messages = Channel.CreateBounded<Func<CancellationToken, ValueTask>>(
            new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait, AllowSynchronousContinuations = true });
        Sent = SendAllAsync();
    }

    /// <summary>Ends when the outbox was completed and everything in it was sent.</summary>
    public Task Sent { get; }

    /// <summary>Something is waiting or being sent.</summary>
    public bool IsBusy => Volatile.Read(ref _waiting) > 0;

    /// <summary>Messages that found the outbox full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Post(Func<CancellationToken, ValueTask> message)
    {
        Interlocked.Increment(ref _waiting);
        _metrics?.Posted();
        if (_messages.Writer.TryWrite(message))
            return;
        Interlocked.Decrement(ref _waiting);
        _metrics?.Dropped();
        if (Interlocked.Increment(ref _dropped) == 1)
            SessionLog.OutboxFull(_logger, _documentId);
    }

    public void Complete() => _messages.Writer.TryComplete();

    private async Task SendAllAsync()
    {
        while (await _messages.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_messages.Reader.TryRead(out var send))
                await SendAsync(send);
        }
    }

    private async Task SendAsync(Func<CancellationToken, ValueTask> send)
    {
        try
        {
            await send(_stopping);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // whoever missed it finds the gap; the messages behind it must still go out
            SessionLog.PublishFailed(_logger, _documentId, exception);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            _metrics?.Sent();
        }
    }
}
