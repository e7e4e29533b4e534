using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>
/// What a user may do in a document, as it was last known. An answer counts for <see cref="DocumentRoles.Lifetime"/>, and not beyond the
/// next change of the document's members.
/// </summary>
internal sealed class DocumentGrant(ClaimsPrincipal user, DocumentHead document, DocumentRole role, long asked, DocumentRoles roles) : IDocumentActor
{
    private readonly Lock _lock = new();
    private Answer _answer = new(role, document.MembershipVersion, asked);

    /// <summary>The document's row as it was when the user came.</summary>
    public DocumentHead Document => document;

    /// <summary>As it was last known.</summary>
    public DocumentRole Role => Volatile.Read(ref _answer).Role;

    /// <summary>The answer is so old that nobody may go by it any more.</summary>
    public bool IsExpired => roles.Time.GetElapsedTime(Volatile.Read(ref _answer).Asked) >= DocumentRoles.Bound;

    /// <exception cref="CollabException"><see cref="CollabError.PermissionDenied"/>: the role does not suffice.</exception>
    public void Require(DocumentRole needed)
    {
        if (Role < needed)
            throw CollabException.PermissionDenied($"This needs the role {needed.ToName()}; the user's role is {Role.ToName()}.");
    }

    /// <summary>The role, asked for again where the last answer is too old.</summary>
    /// <exception cref="CollabException">The store does not answer, or the document is gone.</exception>
    public async ValueTask<DocumentRole> GetRoleAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(Volatile.Read(ref _answer)))
            return Role;
        var head = await roles.FindAsync(document, cancellationToken) ?? throw CollabException.DocumentNotFound(document.DocumentId);
        return await AskAsync(head, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MayEditAsync(long membershipVersion, CancellationToken cancellationToken)
    {
        var answer = Volatile.Read(ref _answer);
        if (answer.MembershipVersion >= membershipVersion && IsFresh(answer))
            return answer.Role >= DocumentRole.Editor;
        return await AskAsync(document with { MembershipVersion = membershipVersion }, cancellationToken) >= DocumentRole.Editor;
    }

    /// <summary><see cref="IsKnownAt"/>, and then it counts from then on anew.</summary>
    public bool TryConfirm(DocumentHead head, long readAt)
    {
        lock (_lock)
        {
            if (!IsKnownAt(head))
                return false;
            if (readAt > _answer.Asked)
                _answer = _answer with { Asked = readAt };
            return true;
        }
    }

    /// <summary>Asks for the role, now that the document's row was read.</summary>
    public async ValueTask<DocumentRole> AskAsync(DocumentHead head, CancellationToken cancellationToken)
    {
        var newer = new Answer(DocumentRole.None, head.MembershipVersion, roles.Time.GetTimestamp());
        newer = newer with { Role = await roles.AskAsync(user, head, cancellationToken) };
        lock (_lock)
        {
            // of two that were under way at once, the one that began later knows better
            if (newer.Asked >= _answer.Asked)
                _answer = newer with { MembershipVersion = Math.Max(newer.MembershipVersion, _answer.MembershipVersion) };
            return _answer.Role;
        }
    }

    /// <summary>Whether the answer still counts, now that the document's row was read.</summary>
    public bool IsKnownAt(DocumentHead head) => roles.IsVersioned && Volatile.Read(ref _answer).MembershipVersion >= head.MembershipVersion;

    private bool IsFresh(Answer answer) => roles.Time.GetElapsedTime(answer.Asked) <= roles.Lifetime;

    private sealed record Answer(DocumentRole Role, long MembershipVersion, long Asked);
}
