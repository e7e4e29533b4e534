namespace RealtimeCollab.Sessions.Storage.Access;

/// <summary>
/// Who has which role in a document. Whoever creates a document is its owner from the same transaction on, and the members go with it
/// when it is deleted. Each change moves the document's <see cref="DocumentHead.MembershipVersion"/> in its own transaction. Failures
/// are thrown as by <see cref="IOperationLog"/>; a change that throws has an unknown outcome, and may be repeated.
/// </summary>
public interface IMembershipStore
{
    /// <summary>The role of a member, or null for a user who is none.</summary>
    ValueTask<MemberRole?> FindRoleAsync(string documentId, string incarnation, string userId, CancellationToken cancellationToken);

    /// <summary>
    /// The members of this incarnation of a document, at most <paramref name="limit"/>, in the ordinal order of their ids, beginning
    /// after <paramref name="afterUserId"/> (empty for the first ones).
    /// </summary>
    ValueTask<IReadOnlyList<DocumentMember>> ListAsync(
        string documentId, string incarnation, string afterUserId, int limit, CancellationToken cancellationToken);

    /// <summary>Gives a user a role, in place of the one that they have.</summary>
    ValueTask<MembershipChange> SetAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a user a role unless they have this one or a higher one. A member with <see cref="MemberRole.None"/>, who was shut out by
    /// name, keeps it.
    /// </summary>
    ValueTask<MembershipChange> RaiseAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken);

    /// <summary>Takes a member out: they may do then what those may who are no members.</summary>
    ValueTask<MembershipChange> RemoveAsync(string documentId, string incarnation, string userId, CancellationToken cancellationToken);

    /// <summary>Takes over the members of another store, without moving the version; only for moving a store.</summary>
    ValueTask ImportAsync(string documentId, string incarnation, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken);
}

/// <summary>A member of a document.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Role">What they may do.</param>
public sealed record DocumentMember(string UserId, MemberRole Role);

/// <summary>What became of a change of a document's members. Stores return its number.</summary>
public enum MembershipChange
{
    /// <summary>There is no such incarnation of the document; nothing was changed.</summary>
    NoDocument,

    /// <summary>The document would have no owner; nothing was changed.</summary>
    LastOwner,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>It is done, and the membership version moved.</summary>
    Changed,
}
