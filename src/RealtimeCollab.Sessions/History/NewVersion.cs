using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Sessions.History;

/// <summary>A revision that is to be named.</summary>
/// <param name="VersionId">Random, made by the caller and kept when the call is repeated.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedBy">The user who names it.</param>
public sealed record NewVersion(string VersionId, string DocumentId, long Revision, string Name, string CreatedBy);

/// <summary>The wish to bring a document back to a revision.</summary>
/// <param name="Revision">Where to go back to.</param>
/// <param name="BaseRevision">The revision that the wish was made at, usually the document's head.</param>
/// <param name="ClientId">The client that asks.</param>
/// <param name="UserId">The user who asks.</param>
/// <param name="OperationId">Random, kept when the call is repeated.</param>
public sealed record Restoration(long Revision, long BaseRevision, string ClientId, string UserId, string OperationId)
{
    /// <inheritdoc cref="Submission.Actor"/>
    public IDocumentActor? Actor { get; init; }
}
