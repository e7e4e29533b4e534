using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// First half of the turn: moves each submission to the document's head and behind those staged before it, refuses what does not
/// fit and answers what was committed before. Does not wait for anything.
/// </summary>
internal sealed class BatchStager(DocumentHead head, CommittedDocument committed, SessionServices services)
{
    private readonly SessionOptions _options = services.Options;

    /// <summary>Stages what can be; submissions that need more history than memory holds are given to <paramref name="catchUp"/>.</summary>
    public StagedBatch Stage(List<PendingSubmission> batch, Action<PendingSubmission> catchUp)
    {
        var state = committed.State;
        var staged = new StagedBatch(state);
        // stored to the millisecond, so that an entry is the same when it is read again
        var now = DateTimeOffset.FromUnixTimeMilliseconds(services.Time.GetUtcNow().ToUnixTimeMilliseconds());
        for (var i = batch.Count - 1; i >= 0; i--)
        {
            if (batch[i].Committed.IsCompleted)
                batch.RemoveAt(i);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var pending = batch[i];
            try
            {
                switch (BringToHead(pending, state))
                {
                    case Progress.AtHead:
                        Add(pending, staged, now);
                        break;
                    case Progress.NeedsHistory:
                        batch.RemoveAt(i--);
                        catchUp(pending);
                        break;
                    case Progress.CommittedBefore:
                        break;
                }
            }
            catch (OperationException refusal)
            {
                pending.Refuse(CollabException.InvalidOperation(refusal));
            }
            catch (CollabException refusal)
            {
                pending.Refuse(refusal);
            }
        }

        return staged;
    }

    private Progress BringToHead(PendingSubmission pending, SessionState state)
    {
        if (pending.Revision > state.Revision)
            throw CollabException.RevisionAhead(pending.Revision, state.Revision);
        if (!pending.IsChecked && state.Revision - pending.Revision > _options.MaxRebaseDistance)
            throw CollabException.RevisionTooOld(pending.Revision, state.Revision - _options.MaxRebaseDistance);
        if (pending.Revision < head.StartRevision)
            throw CollabException.RevisionTooOld(pending.Revision, head.StartRevision);
        if (!committed.Recent.TryRead(pending.Revision, int.MaxValue, out var since))
            return Progress.NeedsHistory;
        if (!pending.IsChecked)
            pending.CheckAgainst(since.Length > 0 ? since[0].Operation.BaseLength : state.Document.Length);
        foreach (var entry in since)
        {
            if (pending.TryMoveOver(entry))
                continue;
            pending.Repeat(entry.Revision);
            return Progress.CommittedBefore;
        }

        return Progress.AtHead;
    }

    private void Add(PendingSubmission pending, StagedBatch staged, DateTimeOffset now)
    {
        if (pending.Denial is { } denial)
            throw denial;
        if (staged.TryJoinEqual(pending))
            return;
        if (pending.Submission.IsExclusive && staged.NextRevision - 1 != pending.Submission.BaseRevision)
            throw CollabException.Overtaken(pending.Submission.BaseRevision, staged.NextRevision - 1);
        var (operation, selection) = (pending.Operation, pending.Selection);
        foreach (var earlier in staged.Entries)
            (operation, selection) = TransformService.MoveOver(operation, selection, earlier.Operation);

        if (operation.IsRich && head.ContentType == ContentType.Text)
            throw CollabException.RichOperationInPlainText();
        if (operation.TargetLength > _options.MaxDocumentLength && operation.TargetLength > operation.BaseLength)
            throw CollabException.DocumentTooLarge(operation.TargetLength, _options.MaxDocumentLength);
        var entry = new LogEntry
        {
            Revision = staged.NextRevision,
            ClientId = pending.Submission.ClientId,
            UserId = pending.Submission.UserId,
            OperationId = pending.Submission.OperationId,
            Operation = operation,
            Timestamp = now,
            RestoredRevision = pending.Submission.RestoredRevision,
            Traceparent = pending.Submission.Traceparent,
        };
        staged.Add(pending, entry, selection, _options.MaxFormatWeight);
        services.Metrics?.Staged((int)(entry.Revision - 1 - pending.Submission.BaseRevision));
    }

    private enum Progress
    {
        AtHead,
        CommittedBefore,
        NeedsHistory,
    }
}
