namespace RealtimeCollab.Sessions.Storage;

/// <summary>What there is, with titles. Failures are thrown as by <see cref="IOperationLog"/>.</summary>
public interface IDocumentCatalog
{
    /// <summary>Gives a document a title, or takes it away. Returns false if this incarnation of the document is gone.</summary>
    ValueTask<bool> SetTitleAsync(string documentId, string incarnation, string? title, CancellationToken cancellationToken);

    /// <summary>
    /// Documents that are not deleted, at most <paramref name="limit"/>, in the ordinal order of their ids, beginning after
    /// <paramref name="afterDocumentId"/> (empty for the first ones).
    /// </summary>
    /// <param name="afterDocumentId">The last id of the page before.</param>
    /// <param name="limit">At least 1.</param>
    /// <param name="memberId">Those alone that this user is a member of, with a role that is not none; null: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<DocumentHead>> ListAsync(string afterDocumentId, int limit, string? memberId, CancellationToken cancellationToken);
}
