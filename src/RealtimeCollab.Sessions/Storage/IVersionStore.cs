namespace RealtimeCollab.Sessions.Storage;

/// <summary>Named versions: revisions that people want to find again. Failures are thrown as by <see cref="IOperationLog"/>.</summary>
public interface IVersionStore
{
    /// <summary>
    /// Names a revision. <paramref name="snapshot"/> holds its content and is kept with it, so that the version outlives compaction.
    /// A version with the same id is already there when the call was sent again: it stays.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>: this incarnation of the document is gone.</exception>
    ValueTask AddAsync(NamedVersion version, StoredSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>The versions of this incarnation of a document, the newest revision first.</summary>
    ValueTask<IReadOnlyList<NamedVersion>> ListAsync(string documentId, string incarnation, CancellationToken cancellationToken);
}

/// <summary>A named revision.</summary>
/// <param name="VersionId">Random, made by the caller.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Incarnation">The document's incarnation.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Name">What people called it.</param>
/// <param name="CreatedBy">The user who named it.</param>
/// <param name="CreatedAt">When it was named, UTC, to the millisecond.</param>
public sealed record NamedVersion(
    string VersionId, string DocumentId, string Incarnation, long Revision, string Name, string CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>For stores, before anything is written.</summary>
    /// <exception cref="ArgumentException">The snapshot is one of another document, incarnation or revision.</exception>
    public void ThrowIfNotOf(StoredSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if ((snapshot.DocumentId, snapshot.Incarnation, snapshot.Revision) != (DocumentId, Incarnation, Revision))
            throw new ArgumentException("The snapshot is not the version's.", nameof(snapshot));
    }
}
