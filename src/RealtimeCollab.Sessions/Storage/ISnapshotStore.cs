namespace RealtimeCollab.Sessions.Storage;

/// <summary>
/// Contents of documents at some of their revisions: they shorten the way to a document's content and are all that is left of
/// its compacted history. Failures are thrown as by <see cref="IOperationLog"/>.
/// </summary>
public interface ISnapshotStore
{
    /// <summary>The latest snapshot of this incarnation at or below a revision, or null.</summary>
    ValueTask<StoredSnapshot?> FindAsync(string documentId, string incarnation, long atOrBelow, CancellationToken cancellationToken);

    /// <summary>Keeps a snapshot; one that is already there for the same revision stays. Nothing is kept of a document that is gone.</summary>
    ValueTask SaveAsync(StoredSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the log entries up to and including <paramref name="horizon"/> and the snapshots below it, but not those of
    /// named versions. Does nothing unless there is a snapshot at or above the horizon and at or below the head. Returns the
    /// document's horizon, which never goes back.
    /// </summary>
    ValueTask<long> CompactAsync(string documentId, string incarnation, long horizon, CancellationToken cancellationToken);
}

/// <summary>The content of a document at a revision.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Incarnation">The document's incarnation.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Content">The content as UTF-8 JSON: a string for plain text, an array of inserts for rich text.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record StoredSnapshot(
    string DocumentId, string Incarnation, long Revision, ReadOnlyMemory<byte> Content, DateTimeOffset CreatedAt);
