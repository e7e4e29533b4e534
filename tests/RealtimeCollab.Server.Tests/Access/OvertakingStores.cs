using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>Members that change just before a change.</summary>
internal sealed class OvertakingMembers(MemoryMembershipStore store) : IMembershipStore
{
    private Func<Task>? _beforeNext;

    public Func<Task> BeforeNext
    {
        set => _beforeNext = value;
    }

    public async ValueTask<MembershipChange> SetAsync(
        string documentId, string incarnation, string userId, MemberRole role, long? membershipVersion, CancellationToken cancellationToken)
    {
        await OvertakeAsync();
        return await store.SetAsync(documentId, incarnation, userId, role, membershipVersion, cancellationToken);
    }

    public async ValueTask<MembershipChange> RemoveAsync(
        string documentId, string incarnation, string userId, long? membershipVersion, CancellationToken cancellationToken)
    {
        await OvertakeAsync();
        return await store.RemoveAsync(documentId, incarnation, userId, membershipVersion, cancellationToken);
    }

    public ValueTask<MemberRole?> FindRoleAsync(string documentId, string incarnation, string userId, CancellationToken cancellationToken) =>
        store.FindRoleAsync(documentId, incarnation, userId, cancellationToken);

    public ValueTask<IReadOnlyList<DocumentMember>> ListAsync(
        string documentId, string incarnation, string afterUserId, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(documentId, incarnation, afterUserId, limit, cancellationToken);

    public ValueTask<MembershipChange> RaiseAsync(
        string documentId, string incarnation, string userId, MemberRole role, CancellationToken cancellationToken) =>
        store.RaiseAsync(documentId, incarnation, userId, role, cancellationToken);

    public ValueTask ImportAsync(string documentId, string incarnation, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken) =>
        store.ImportAsync(documentId, incarnation, members, cancellationToken);

    private Task OvertakeAsync() => Interlocked.Exchange(ref _beforeNext, null)?.Invoke() ?? Task.CompletedTask;
}

/// <summary>Links that are made when something else has just happened.</summary>
internal sealed class OvertakingLinks(MemoryShareLinkStore store) : IShareLinkStore
{
    private Func<Task>? _beforeNext;

    public Func<Task> BeforeNext
    {
        set => _beforeNext = value;
    }

    public async ValueTask AddAsync(ShareLink link, CancellationToken cancellationToken)
    {
        await (Interlocked.Exchange(ref _beforeNext, null)?.Invoke() ?? Task.CompletedTask);
        await store.AddAsync(link, cancellationToken);
    }

    public ValueTask<IReadOnlyList<ShareLink>> ListAsync(string documentId, string incarnation, CancellationToken cancellationToken) =>
        store.ListAsync(documentId, incarnation, cancellationToken);

    public ValueTask<ShareLink?> FindAsync(string tokenHash, CancellationToken cancellationToken) => store.FindAsync(tokenHash, cancellationToken);

    public ValueTask<bool> RemoveAsync(string documentId, string incarnation, string linkId, CancellationToken cancellationToken) =>
        store.RemoveAsync(documentId, incarnation, linkId, cancellationToken);
}
