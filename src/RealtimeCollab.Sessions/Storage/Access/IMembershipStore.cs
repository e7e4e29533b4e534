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
    /// <param name="documentId">The document.</param>
    /// <param name="incarnation">Its incarnation.</param>
    /// <param name="userId">Who gets the role.</param>
    /// <param name="role">The role.</param>
    /// <param name="membershipVersion">
    /// If given, must be the document's <see cref="DocumentHead.MembershipVersion"/>: what the one who asks for the change may do was looked
    /// up at this one, and a right that was taken away since must not count.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<MembershipChange> SetAsync(
        string documentId, string incarnation, string userId, MemberRole role, long? membershipVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a user a role unless they have this one or a higher one. A member with <see cref="MemberRole.None"/>, who was shut out by
    /// name, keeps it.
    /// </summary>
    ValueTask<MembershipChange> RaiseAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken);

    /// <summary>Takes a member out: they may do then what those may who are no members.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="incarnation">Its incarnation.</param>
    /// <param name="userId">The member.</param>
    /// <param name="membershipVersion">As of <see cref="SetAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<MembershipChange> RemoveAsync(
        string documentId, string incarnation, string userId, long? membershipVersion, CancellationToken cancellationToken);

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

    /// <summary>The membership version is not the expected one: whoever asked has to be asked about again. Nothing was changed.</summary>
    Overtaken,
}
