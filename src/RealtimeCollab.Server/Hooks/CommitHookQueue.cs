using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Sessions.Documents.Notices;

namespace RealtimeCollab.Server.Hooks;

/// <summary>
/// Commits that hooks are still to hear of, in order; one reader tells them. Bounded in number and size: a commit never waits for it, and one that finds
/// it full is dropped and counted.
/// </summary>
internal sealed class CommitHookQueue(
    HookSet<ICommitHook> hooks,
    HookRunner runner,
    HookMetrics metrics,
    IOptions<RealtimeCollabOptions> options,
    TimeProvider time,
    ILogger<CommitHookQueue> logger) : BackgroundService
{
    /// <summary>Of the operations' text, about.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <summary>How long hooks may take to hear of the rest when the node stops.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Channel<(CommittedOperations Committed, long Bytes)> _queue = Channel.CreateBounded<(CommittedOperations, long)>(
        new BoundedChannelOptions(options.Value.Hooks.CommitQueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _giveUp = new();
    private long _bytes;
    private volatile bool _isFull;

    /// <summary>The notices of this node's commits, past this queue if there is somebody to tell.</summary>
    public ICommitNotices Tap(ICommitNotices notices) => hooks.IsEmpty ? notices : new CommitTap(notices, this);

    /// <summary>Called from the document's turn.</summary>
    public void Post(CommitNotice notice)
    {
        var bytes = OperationSize.Estimate(notice.Entries);
        if (Interlocked.Add(ref _bytes, bytes) <= MaxBytes && _queue.Writer.TryWrite((new CommittedOperations(notice.DocumentId, notice.Entries), bytes)))
            return;
        Interlocked.Add(ref _bytes, -bytes);
        metrics.CountDropped();
        if (!_isFull)
            HookLog.QueueFull(logger, notice.DocumentId, notice.Revision);
        _isFull = true;
    }

    /// <summary>Documents have seen their submissions through by now: what they committed is told, if that does not take long.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } telling)
            await Task.WhenAny(telling, Task.Delay(Farewell, time, cancellationToken));
        await _giveUp.CancelAsync();
        await base.StopAsync(cancellationToken);
        if (_queue.Reader.Count > 0)
            HookLog.Left(logger, _queue.Reader.Count);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (hooks.IsEmpty)
            return;
        while (!_giveUp.IsCancellationRequested && await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (!_giveUp.IsCancellationRequested && _queue.Reader.TryRead(out var next))
            {
                Interlocked.Add(ref _bytes, -next.Bytes);
                await TellAsync(next.Committed);
            }

            _isFull = false;
        }
    }

    private async Task TellAsync(CommittedOperations committed)
    {
        try
        {
            await runner.TellAsync(hooks, committed.DocumentId, (hook, limited) => hook.OnCommittedAsync(committed, limited), _giveUp.Token);
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            // the node stops, and the hook takes too long
        }
    }
}
