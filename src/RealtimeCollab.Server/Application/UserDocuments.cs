using System.Security.Claims;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Application;

/// <param name="parts">What everything is done with.</param>
/// <param name="clientId">Of the operations.</param>
/// <param name="userId">The author.</param>
/// <param name="user">Who is asked for by roles and hooks; null: nobody.</param>
internal sealed class UserDocuments(DocumentParts parts, string clientId, string userId, ClaimsPrincipal? user) : IUserDocuments
{
    private const int MostAttempts = 16;

    public async ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await EnterAsync(documentId, DocumentRole.Viewer, cancellationToken)).Document;
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            return null;
        }
    }

    public async ValueTask<SessionState> ReadAsync(string documentId, long? revision = null, CancellationToken cancellationToken = default)
    {
        var (head, _) = await EnterAsync(documentId, DocumentRole.Viewer, cancellationToken);
        if (revision is { } past)
        {
            Require.NotNegative(past, nameof(revision));
            return await parts.History.ReadAsync(documentId, past, cancellationToken);
        }

        using var lease = await parts.Sessions.OpenAsync(head, cancellationToken);
        await lease.Session.CatchUpAsync(head.Revision).WaitAsync(cancellationToken);
        return lease.Session.State;
    }

    public async Task<long> EditAsync(string documentId, Func<SessionState, TextOperation?> edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var (head, grant) = await EnterAsync(documentId, DocumentRole.Editor, cancellationToken);
        using var lease = await parts.Sessions.OpenAsync(head, cancellationToken);
        await lease.Session.CatchUpAsync(head.Revision).WaitAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var state = lease.Session.State;
            if (edit(state) is not { IsNoop: false } operation)
                return state.Revision;
            try
            {
                return await SubmitAsync(lease.Session, grant, NewSubmission(state.Revision, operation) with { IsExclusive = true }, cancellationToken);
            }
            catch (CollabException overtaken) when (overtaken.Error == CollabError.Overtaken && attempt < MostAttempts)
            {
                // the session has gone on: what is edited next is newer
            }
        }
    }

    public async Task<long> SubmitAsync(
        string documentId, long baseRevision, TextOperation operation, string? operationId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Require.NotNegative(baseRevision, nameof(baseRevision));
        if (operationId is not null)
            Require.OperationId(operationId);
        var (head, grant) = await EnterAsync(documentId, DocumentRole.Editor, cancellationToken);
        using var lease = await parts.Sessions.OpenAsync(head, cancellationToken);
        return await SubmitAsync(lease.Session, grant, NewSubmission(baseRevision, operation, operationId), cancellationToken);
    }

    public async ValueTask<bool> CreateAsync(
        string documentId, ContentType contentType = ContentType.Text, Document? content = null, string? title = null, CancellationToken cancellationToken = default)
    {
        Require.DocumentId(documentId);
        var name = Require.OptionalTitle(title);
        if (user is not null)
            return await parts.Creation.TryCreateAsync(user, documentId, contentType, name, content, cancellationToken);
        var first = parts.Creation.ToEntry(content, contentType);
        return await parts.Creation.TryCreateAsync(parts.Creation.Draft(userId, documentId, contentType, name), first, cancellationToken);
    }

    public async ValueTask SetTitleAsync(string documentId, string? title, CancellationToken cancellationToken = default)
    {
        var name = Require.OptionalTitle(title);
        var (head, _) = await EnterAsync(documentId, DocumentRole.Editor, cancellationToken);
        if (!await parts.Catalog.SetTitleAsync(documentId, head.Incarnation, name, cancellationToken))
            throw CollabException.DocumentNotFound(documentId);
    }

    public async ValueTask<bool> DeleteAsync(string documentId, CancellationToken cancellationToken = default)
    {
        try
        {
            var (head, _) = await EnterAsync(documentId, DocumentRole.Owner, cancellationToken);
            return await parts.Deletion.TryDeleteAsync(head, userId, cancellationToken);
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            return false;
        }
    }

    /// <summary>The document, with what the user may do there if that is to be asked.</summary>
    private async ValueTask<(DocumentHead Document, DocumentGrant? Grant)> EnterAsync(string documentId, DocumentRole needed, CancellationToken cancellationToken)
    {
        Require.DocumentId(documentId);
        if (user is not null)
        {
            var grant = await parts.Roles.RequireAsync(user, documentId, needed, cancellationToken);
            return (grant.Document, grant);
        }

        await parts.Loading.PassAsync(documentId, cancellationToken);
        return (await parts.Log.FindAsync(documentId, cancellationToken) ?? throw CollabException.DocumentNotFound(documentId), null);
    }

    private Submission NewSubmission(long baseRevision, TextOperation operation, string? operationId = null) => new()
    {
        ClientId = clientId,
        UserId = userId,
        OperationId = operationId ?? Guid.NewGuid().ToString("N"),
        BaseRevision = baseRevision,
        Operation = operation,
    };

    private async Task<long> SubmitAsync(DocumentSession session, DocumentGrant? grant, Submission submission, CancellationToken cancellationToken)
    {
        if (user is not null)
            await parts.Gate.PassAsync(user, session, submission, cancellationToken);
        return await session.SubmitAsync(submission with { Actor = grant }).WaitAsync(cancellationToken);
    }
}
