namespace RealtimeCollab.Sessions.Storage;

/// <summary>
/// All documents of a store, for moving them to another one. Everything but the documents' rows goes through the other ports.
/// Failures are thrown as by <see cref="IOperationLog"/>.
/// </summary>
public interface IStoreArchive
{
    /// <summary>
    /// The documents, tombstones included, at most <paramref name="limit"/>, in the ordinal order of their ids, beginning after
    /// <paramref name="afterDocumentId"/> (empty for the first ones).
    /// </summary>
    ValueTask<IReadOnlyList<ArchivedDocument>> ListAsync(string afterDocumentId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the row of a document that has neither row nor operations here yet. A tombstone is complete with that; any other
    /// document stands at its <see cref="DocumentHead.Horizon"/> afterwards, and its entries are appended as usual. Returns the
    /// document that is there then: with another incarnation if there was one already, further on if this call is a repetition.
    /// </summary>
    ValueTask<ArchivedDocument> ImportAsync(ArchivedDocument document, CancellationToken cancellationToken);
}

/// <summary>A document or what a deletion left of it.</summary>
/// <param name="Head">The document's row. Of a tombstone, <see cref="DocumentHead.Revision"/> is the one that the deletion took.</param>
/// <param name="DeletedAt">When it was deleted, UTC, to the millisecond; null if it was not.</param>
public sealed record ArchivedDocument(DocumentHead Head, DateTimeOffset? DeletedAt)
{
    /// <summary>The row that <see cref="IStoreArchive.ImportAsync"/> makes.</summary>
    public DocumentHead RowToImport => DeletedAt is null ? Head with { Revision = Head.Horizon } : Head;
}
