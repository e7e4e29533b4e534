namespace RealtimeCollab.Sessions.Storage;

/// <summary>
/// The documents and their operations, in the order of their revisions: the only truth. An append that returned is on disk.
/// Every failure of the database is thrown as <see cref="CollabException"/> with <see cref="CollabError.StoreUnavailable"/>;
/// an append that throws (also for cancellation) has an unknown outcome.
/// </summary>
public interface IOperationLog
{
    /// <summary>The head of a document, or null if there is none (or a deleted one).</summary>
    ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken);

    /// <summary>Whether a document with this id was deleted and none was created since: what is left of it is its tombstone.</summary>
    ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken);

    /// <summary>The heads of those of the documents that exist, in one query.</summary>
    ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a document, with <paramref name="first"/> as its first operation if one is given and its creator as owner, in one step. Over a deleted
    /// document the counting of revisions goes on. Returns the head of the new document, or of the one that was already
    /// there, whose <see cref="DocumentHead.Incarnation"/> then differs from the given one and nothing is written.
    /// </summary>
    ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a document with its operations, snapshots, versions, members and links, if its incarnation is the given one. What stays is a
    /// tombstone that counts the deletion as a revision, so that no revision number ever stands for two contents, not even
    /// after the document was created again. Returns false if there is no such document. Once the tombstone is there it returns true, whatever becomes of
    /// what has still to be removed: nobody sees it any more, and the next start removes it.
    /// </summary>
    /// <param name="documentId">The document.</param>
    /// <param name="incarnation">Its incarnation.</param>
    /// <param name="deletedBy">The user who deletes it, for those who are told; null: not a user.</param>
    /// <param name="deletedAt">Now, UTC.</param>
    /// <param name="cancellationToken">Ends the wait for the tombstone.</param>
    ValueTask<bool> DeleteAsync(
        string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when an append would be written at once. Worth waiting for before a batch is made: what arrives meanwhile comes along
    /// (see <see cref="AppendGate"/>). Nothing depends on it; an append without it is as good.
    /// </summary>
    ValueTask WaitToAppendAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Appends all entries of the batch if the document's incarnation, revision and, if given, membership version are the expected ones,
    /// else none.
    /// A clash on one document never affects another's batch.
    /// </summary>
    ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Entries after a revision, in order and without gaps, at most <paramref name="limit"/>; empty at the head and for an
    /// unknown document.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.RevisionTooOld"/>: the history there was compacted, or belongs
    /// to the document's life before its deletion.</exception>
    ValueTask<IReadOnlyList<LogEntry>> ReadAsync(string documentId, long afterRevision, int limit, CancellationToken cancellationToken);
}
