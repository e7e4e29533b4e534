namespace RealtimeCollab.Sessions.Storage.Access;

/// <summary>
/// Links by which users make themselves members of a document. Of a link's token only a hash is stored. Links go with their document
/// when it is deleted. Failures are thrown as by <see cref="IOperationLog"/>.
/// </summary>
public interface IShareLinkStore
{
    /// <summary>Keeps a link. A link with this id is already there when the call was sent again: it stays.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>: this incarnation of the document is gone.</exception>
    ValueTask AddAsync(ShareLink link, CancellationToken cancellationToken);

    /// <summary>The links of this incarnation of a document, the newest first.</summary>
    ValueTask<IReadOnlyList<ShareLink>> ListAsync(string documentId, string incarnation, CancellationToken cancellationToken);

    /// <summary>The link with this hash, expired or not; null if there is none, or its document is gone.</summary>
    ValueTask<ShareLink?> FindAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Removes a link; false if there is none.</summary>
    ValueTask<bool> RemoveAsync(string documentId, string incarnation, string linkId, CancellationToken cancellationToken);
}

/// <summary>A link to a document.</summary>
/// <param name="LinkId">Names it to those who manage it; random, made by the caller.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Incarnation">The document's incarnation.</param>
/// <param name="TokenHash">SHA-256 of the token that opens it, in hexadecimal.</param>
/// <param name="Role">What it gives.</param>
/// <param name="CreatedBy">The user who made it.</param>
/// <param name="CreatedAt">When it was made, UTC, to the millisecond.</param>
/// <param name="ExpiresAt">From when on it gives nothing, UTC, to the millisecond.</param>
public sealed record ShareLink(
    string LinkId,
    string DocumentId,
    string Incarnation,
    string TokenHash,
    MemberRole Role,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt);
