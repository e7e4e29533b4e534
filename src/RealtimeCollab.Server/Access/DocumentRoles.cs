using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>Finds documents with what a user may do there. Always the document's row first: a role is never older than the row that it came with.</summary>
internal sealed class DocumentRoles(IOperationLog documents, IDocumentAuthorizer authorizer, LoadGate loading, TimeProvider time)
{
    /// <summary>A removed right is gone after this; decision 0110.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    /// <summary>Confirmed once a second, so that a look that is somewhat late does not make everybody ask.</summary>
    private static readonly TimeSpan LifetimeOfConfirmed = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan LifetimeOfApplications = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an answer counts while the document's membership version stays. What an application decides does not show in that
    /// version; what the built-in authorizer says is confirmed whenever <see cref="AccessWatch"/> reads it.
    /// </summary>
    public TimeSpan Lifetime { get; } = authorizer is MembershipAuthorizer ? LifetimeOfConfirmed : LifetimeOfApplications;

    /// <summary>Whether <see cref="DocumentHead.MembershipVersion"/> tells of every change.</summary>
    public bool IsVersioned { get; } = authorizer is MembershipAuthorizer;

    public TimeProvider Time => time;

    /// <summary>A document in which the user has at least a role.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/> or <see cref="CollabError.PermissionDenied"/>.</exception>
    public async ValueTask<DocumentGrant> RequireAsync(
        ClaimsPrincipal user, string documentId, DocumentRole needed, CancellationToken cancellationToken)
    {
        await loading.PassAsync(documentId, cancellationToken);
        var head = await documents.FindAsync(documentId, cancellationToken) ?? throw CollabException.DocumentNotFound(documentId);
        var grant = await GrantAsync(user, head, cancellationToken);
        grant.Require(needed);
        return grant;
    }

    /// <summary>What a user may do in a document whose row was just read.</summary>
    public async ValueTask<DocumentGrant> GrantAsync(ClaimsPrincipal user, DocumentHead head, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        return new DocumentGrant(user, head, await AskAsync(user, head, cancellationToken), asked, this);
    }

    /// <summary>Asks the authorizer; an application's for no longer than its answer would count.</summary>
    /// <exception cref="TimeoutException">The application does not answer.</exception>
    public async ValueTask<DocumentRole> AskAsync(ClaimsPrincipal user, DocumentHead head, CancellationToken cancellationToken)
    {
        if (IsVersioned)
            return await authorizer.GetRoleAsync(user, head, cancellationToken);
        using var patience = new CancellationTokenSource(Bound, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // one that does not look at its token is left to itself
            return await authorizer.GetRoleAsync(user, head, limited.Token).AsTask().WaitAsync(limited.Token);
        }
        catch (OperationCanceledException cancelled) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The application's {nameof(IDocumentAuthorizer)} did not answer within {Bound.TotalSeconds} s.", cancelled);
        }
    }

    /// <summary>The document's row as it is now, if it is still this document.</summary>
    public async ValueTask<DocumentHead?> FindAsync(DocumentHead known, CancellationToken cancellationToken) =>
        await documents.FindAsync(known.DocumentId, cancellationToken) is { } head && head.Incarnation == known.Incarnation ? head : null;
}
