using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>Brings a document in memory to where the log is, by its entries or, where those were compacted away, by a snapshot.</summary>
internal static class LogFollower
{
    /// <summary>A document as its latest snapshot has it, with nothing after it yet.</summary>
    public static async ValueTask<CommittedDocument> BeginAsync(DocumentHead head, SessionServices services)
    {
        var snapshot = await ReadSnapshotAsync(head, services);
        return new CommittedDocument(
            snapshot, new RecentOperations(services.Options.RecentOperations, services.Options.RecentWeight, snapshot.Revision));
    }

    /// <summary>Advances at least to a head that was read from the store.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/> or <see cref="CollabError.StoreUnavailable"/>.</exception>
    public static async ValueTask AdvanceAsync(
        CommittedDocument committed, DocumentHead head, SessionServices services, Action<IReadOnlyList<LogEntry>> onEntries)
    {
        while (committed.State.Revision < head.Revision)
        {
            if (await TryReadAsync(committed.State.Revision, head, services) is { } entries)
            {
                if (entries.Count == 0)
                    throw CollabException.DocumentNotFound(head.DocumentId);
                committed.Advance(entries);
                onEntries(entries);
            }
            else
            {
                var snapshot = await ReadSnapshotAsync(head, services);
                if (snapshot.Revision <= committed.State.Revision)
                    throw CollabException.DocumentNotFound(head.DocumentId);
                committed.Restart(snapshot);
            }
        }
    }

    /// <summary>The next entries; null if they were compacted away.</summary>
    private static async ValueTask<IReadOnlyList<LogEntry>?> TryReadAsync(long after, DocumentHead head, SessionServices services)
    {
        try
        {
            return await services.Log.ReadAsync(head.DocumentId, after, services.Options.MaxResumeEntries, services.Stopping);
        }
        catch (CollabException tooOld) when (tooOld.Error == CollabError.RevisionTooOld)
        {
            return null;
        }
    }

    private static async ValueTask<SessionState> ReadSnapshotAsync(DocumentHead head, SessionServices services)
    {
        // not only up to the head: others may have committed and compacted since it was read
        var snapshot = await services.Snapshots.FindAsync(head.DocumentId, head.Incarnation, long.MaxValue, services.Stopping);
        return snapshot is null
            ? new SessionState(head.StartRevision, Document.Empty, head.CreatedAt)
            : new SessionState(snapshot.Revision, Document.ParseContent(snapshot.Content.Span), snapshot.CreatedAt);
    }
}
