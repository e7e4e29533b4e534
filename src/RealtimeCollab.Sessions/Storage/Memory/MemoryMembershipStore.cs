using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>Members in memory, beside the documents that they belong to. Thread-safe.</summary>
/// <param name="documents">Whose they are.</param>
public sealed class MemoryMembershipStore(MemoryStore documents) : IMembershipStore
{
    /// <inheritdoc/>
    public ValueTask<MemberRole?> FindRoleAsync(string documentId, string incarnation, string userId, CancellationToken cancellationToken) =>
        documents.WithAsync(documentId, incarnation, document => document?.FindRole(userId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DocumentMember>> ListAsync(
        string documentId, string incarnation, string afterUserId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return documents.WithAsync<IReadOnlyList<DocumentMember>>(
            documentId,
            incarnation,
            document => document is null
                ? []
                :
                [
                    .. document.Members.Where(member => string.CompareOrdinal(member.Key, afterUserId) > 0)
                        .Take(limit).Select(member => new DocumentMember(member.Key, member.Value)),
                ],
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MembershipChange> SetAsync(
        string documentId, string incarnation, string userId, MemberRole role, long? membershipVersion, CancellationToken cancellationToken) =>
        ChangeAsync(documentId, incarnation, document => document.ChangeMember(userId, role, onlyRaise: false, membershipVersion), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<MembershipChange> RaiseAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken) =>
        ChangeAsync(documentId, incarnation, document => document.ChangeMember(userId, role, onlyRaise: true, membershipVersion: null), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<MembershipChange> RemoveAsync(
        string documentId, string incarnation, string userId, long? membershipVersion, CancellationToken cancellationToken) =>
        ChangeAsync(documentId, incarnation, document => document.ChangeMember(userId, wanted: null, onlyRaise: false, membershipVersion), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ImportAsync(
        string documentId, string incarnation, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken) =>
        await documents.WithAsync(
            documentId,
            incarnation,
            document =>
            {
                foreach (var member in document is null ? [] : members)
                    document!.Members[member.UserId] = member.Role;
                return document is not null;
            },
            cancellationToken);

    private ValueTask<MembershipChange> ChangeAsync(
        string documentId, string incarnation, Func<MemoryDocument, MembershipChange> change, CancellationToken cancellationToken) =>
        documents.WithAsync(documentId, incarnation, document => document is null ? MembershipChange.NoDocument : change(document), cancellationToken);
}
