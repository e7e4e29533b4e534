using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Brings submissions from far behind to where memory begins, outside the turn, so that one client's long way does not hold the
/// others'. One at a time for each document: many of them are no reason to read the log many times at once.
/// </summary>
internal sealed class CatchUp(
    DocumentHead head, CommittedDocument committed, SessionServices services, Action<PendingSubmission> enqueue)
{
    private const int PageSize = 1_000;
    private Task _last = Task.CompletedTask;

    /// <summary>Called from the turn.</summary>
    public void Start(PendingSubmission pending) => _last = RunAsync(pending, after: _last);

    private async Task RunAsync(PendingSubmission pending, Task after)
    {
        await after;
        try
        {
            if (await TryMoveToMemoryAsync(pending))
                enqueue(pending);
        }
        catch (OperationException refusal)
        {
            pending.Refuse(CollabException.InvalidOperation(refusal));
        }
        catch (CollabException refusal)
        {
            pending.Refuse(refusal);
        }
        catch (OperationCanceledException) when (services.Stopping.IsCancellationRequested)
        {
            pending.Refuse(CollabException.ServerDraining());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            SessionLog.TurnFailed(services.Logger, head.DocumentId, exception);
            pending.Refuse(CollabException.OperationFailed());
        }
    }

    /// <summary>False when it was found in the log: it was committed before.</summary>
    private async Task<bool> TryMoveToMemoryAsync(PendingSubmission pending)
    {
        while (pending.Revision < committed.Recent.Start)
        {
            var entries = await services.Log.ReadAsync(head.DocumentId, pending.Revision, PageSize, services.Stopping);
            if (entries.Count == 0)
                throw CollabException.DocumentNotFound(head.DocumentId);
            if (!pending.IsChecked)
                pending.CheckAgainst(entries[0].Operation.BaseLength);
            foreach (var entry in entries)
            {
                if (pending.TryMoveOver(entry))
                    continue;
                pending.Repeat(entry.Revision);
                return false;
            }
        }

        return true;
    }
}
