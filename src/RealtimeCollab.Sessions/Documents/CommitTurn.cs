using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// One turn of a session: authorize, stage, append, and only when the append is on disk show the result. A clash, and an append that failed
/// without saying what became of it, are answered from the log: read what it holds now and stage again; what was committed after
/// all is then recognised by its id.
/// </summary>
internal sealed class CommitTurn(
    DocumentHead head, CommittedDocument committed, BatchStager stager, SessionServices services, Action<PendingSubmission> catchUp)
{
    private readonly AuthorCheck _authors = new(head.DocumentId, services);

    /// <summary>At which the authors' rights are looked up, and which the append expects.</summary>
    private long _membershipVersion = head.MembershipVersion;

    /// <summary>An append failed and the log could not be read since: it may hold more than <c>committed</c>.</summary>
    private bool _isUncertain;

    /// <summary>Takes the batch to its end: afterwards each submission is answered, or was given to the catch-up.</summary>
    public async Task RunAsync(List<PendingSubmission> batch, Action<StagedBatch> onCommitted, Action<IReadOnlyList<LogEntry>> onOthers)
    {
        var patience = new StorePatience(services.Options.StorePatience, services.Time, services.Stopping);
        var conflicts = 0;
        var readFirst = _isUncertain || batch.Exists(pending => pending.Revision > committed.State.Revision);
        while (true)
        {
            if (readFirst && !await TryReadOthersAsync(batch, patience, onOthers))
                return;
            await _authors.AskAsync(batch, _membershipVersion);
            var staged = stager.Stage(batch, catchUp);
            if (staged.Entries.Count == 0)
                return;
            if (conflicts > services.Options.MaxAppendConflicts)
            {
                // not in the log by now; but an append of unknown outcome may still come to take place
                RefuseAll(batch, patience.HasStarted ? CollabException.StoreUnavailable(null) : CollabException.TooManyConflicts(conflicts));
                return;
            }

            switch (await TryAppendAsync(staged))
            {
                case AppendOutcome.Appended:
                    committed.Advance(staged.Entries, staged.Document);
                    services.Metrics?.Appended(staged.Entries.Count);
                    onCommitted(staged);
                    return;
                case AppendOutcome.Conflict:
                    conflicts++;
                    services.Metrics?.Conflicted();
                    SessionLog.Conflict(services.Logger, head.DocumentId, staged.ExpectedRevision);
                    break;
                case null when !await patience.TryWaitAsync():
                    RefuseAll(batch, CollabException.StoreUnavailable(null));
                    return;
            }

            readFirst = true;
        }
    }

    /// <summary>Advances to the log's head. Called between the turns of <see cref="RunAsync"/>, or by one.</summary>
    /// <exception cref="CollabException">The store failed, or does not hold the document any more.</exception>
    public async ValueTask ReadOthersAsync(Action<IReadOnlyList<LogEntry>> onOthers)
    {
        var current = await services.Log.FindAsync(head.DocumentId, services.Stopping);
        if (current is null || current.Incarnation != head.Incarnation)
            throw CollabException.DocumentNotFound(head.DocumentId);
        try
        {
            await LogFollower.AdvanceAsync(committed, current, services, onOthers);
        }
        catch (OperationException misfit)
        {
            // what is in memory is not what the log is about; the store is the truth
            SessionLog.Misfit(services.Logger, head.DocumentId, committed.State.Revision, misfit);
            var anew = await LogFollower.BeginAsync(current, services);
            await LogFollower.AdvanceAsync(anew, current, services, static _ => { });
            committed.Restart(anew.State);
        }

        _membershipVersion = current.MembershipVersion;
        _isUncertain = false;
    }

    /// <summary>Null: what became of it is unknown.</summary>
    private async ValueTask<AppendOutcome?> TryAppendAsync(StagedBatch staged)
    {
        var trace = AppendTrace.Start(head.DocumentId, staged);
        AppendOutcome? outcome = null;
        try
        {
            // never cancelled: a submission that left the mailbox is seen through
            var batch = new AppendBatch(head.DocumentId, head.Incarnation, staged.ExpectedRevision, staged.Entries)
            {
                MembershipVersion = _membershipVersion,
            };
            outcome = await services.Log.AppendAsync(batch, CancellationToken.None);
        }
        catch (CollabException failure) when (failure.Error == CollabError.StoreUnavailable)
        {
            SessionLog.StoreFailed(services.Logger, head.DocumentId, staged.ExpectedRevision, failure);
            _isUncertain = true;
        }
        finally
        {
            trace.End(outcome);
        }

        return outcome;
    }

    /// <summary>Advances to the log's head; false when the batch was refused because that cannot be done.</summary>
    private async ValueTask<bool> TryReadOthersAsync(
        List<PendingSubmission> batch, StorePatience patience, Action<IReadOnlyList<LogEntry>> onOthers)
    {
        while (true)
        {
            try
            {
                await ReadOthersAsync(onOthers);
                return true;
            }
            catch (CollabException failure) when (failure.Error == CollabError.StoreUnavailable)
            {
                _isUncertain = true;
                if (!await patience.TryWaitAsync())
                {
                    RefuseAll(batch, failure);
                    return false;
                }
            }
            catch (CollabException gone)
            {
                RefuseAll(batch, gone);
                return false;
            }
        }
    }

    private static void RefuseAll(List<PendingSubmission> batch, CollabException reason)
    {
        foreach (var pending in batch)
            pending.Refuse(reason);
    }
}
