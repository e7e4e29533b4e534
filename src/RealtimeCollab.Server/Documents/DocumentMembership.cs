using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>
/// Lets connections into documents and out again. Joins and leaves of one connection happen one after another, so that calls
/// that overlap cannot leave it half in.
/// </summary>
internal sealed class DocumentMembership(
    DocumentSessions sessions,
    IDocumentAuthorizer authorizer,
    IHubContext<DocumentHub> hub,
    IOptions<RealtimeCollabOptions> options,
    TimeProvider time)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    public Task<DocumentSnapshot> SubscribeAsync(DocumentConnection connection, SubscribeRequest request) =>
        JoinAsync(
            connection, request.DocumentId, DocumentRole.Viewer, request.SinceRevision, isEditing: false,
            () => sessions.OpenAsync(request.DocumentId, connection.Aborted));

    public Task<DocumentSnapshot> StartEditingAsync(DocumentConnection connection, StartEditingRequest request) =>
        JoinAsync(
            connection, request.DocumentId, DocumentRole.Editor, request.SinceRevision, isEditing: true,
            () => OpenOrCreateAsync(connection, request));

    public Task UnsubscribeAsync(DocumentConnection connection, string documentId) =>
        StopAsync(connection, documentId, reading: true, editing: false);

    public Task StopEditingAsync(DocumentConnection connection, string documentId) =>
        StopAsync(connection, documentId, reading: false, editing: true);

    private async Task<DocumentSnapshot> JoinAsync(
        DocumentConnection connection,
        string documentId,
        DocumentRole needed,
        long? sinceRevision,
        bool isEditing,
        Func<ValueTask<Lease<DocumentSession>>> open)
    {
        connection.Joins.Take();
        using var turn = await connection.EnterTurnAsync();
        var present = connection.Find(documentId);
        var joined = present ?? await EnterAsync(connection, open);
        try
        {
            if (joined.Role < needed)
                throw CollabException.PermissionDenied($"This needs the role {Name(needed)}; the user's role is {Name(joined.Role)}.");
            // in the group before the content is read: what is committed in between arrives twice, never not at all
            if (present is null)
                await hub.Groups.AddToGroupAsync(connection.ConnectionId, documentId, connection.Aborted);
            var resume = await joined.Session.ResumeAsync(sinceRevision, connection.Aborted);
            connection.Add(joined);
            joined.IsEditing |= isEditing;
            joined.IsReading |= !isEditing;
            connection.ExpectLargeAnswer(resume.Snapshot?.Document.Length ?? OperationSize.Estimate(resume.Entries));
            joined.Session.Room.Join(connection.ToMember(joined.IsReading, joined.IsEditing));
            return joined.Session.ToSnapshot(resume, joined.Role, readOnly: !joined.IsEditing, connection.Identity.ClientId);
        }
        catch when (present is null)
        {
            await LeaveAsync(connection, joined);
            throw;
        }
    }

    private async Task<JoinedDocument> EnterAsync(DocumentConnection connection, Func<ValueTask<Lease<DocumentSession>>> open)
    {
        if (connection.JoinedCount >= _limits.DocumentsPerConnection)
            throw CollabException.RateLimited($"The connection has {connection.JoinedCount} documents open; {_limits.DocumentsPerConnection} are allowed.");
        var lease = await open();
        try
        {
            return new JoinedDocument(lease, await authorizer.GetRoleAsync(connection.User, lease.Session.Head, connection.Aborted));
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private async ValueTask<Lease<DocumentSession>> OpenOrCreateAsync(DocumentConnection connection, StartEditingRequest request)
    {
        try
        {
            return await sessions.OpenAsync(request.DocumentId, connection.Aborted);
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            if (!await authorizer.MayCreateAsync(connection.User, request.DocumentId, connection.Aborted))
                throw CollabException.PermissionDenied("The document does not exist, and the user may not create it.");
            var document = new NewDocument(
                request.DocumentId, Guid.NewGuid().ToString("N"), request.ContentType ?? ContentType.Text,
                connection.Identity.UserId, time.GetUtcNow());
            return await sessions.OpenOrCreateAsync(document, FirstEntry(connection, request.InitialText), connection.Aborted);
        }
    }

    private NewEntry? FirstEntry(DocumentConnection connection, string? initialText)
    {
        if (string.IsNullOrEmpty(initialText))
            return null;
        if (initialText.Length > _limits.MaxDocumentLength)
            throw CollabException.InvalidRequest($"initialText has {initialText.Length} UTF-16 units; {_limits.MaxDocumentLength} are allowed.");
        return new NewEntry(connection.Identity.ClientId, Guid.NewGuid().ToString("N"), new OperationBuilder().Insert(initialText).Build());
    }

    private async Task StopAsync(DocumentConnection connection, string documentId, bool reading, bool editing)
    {
        using var turn = await connection.EnterTurnAsync();
        // stopping what was not begun is no error: after a reconnect a client cannot know
        if (connection.Find(documentId) is not { } joined)
            return;
        joined.IsReading &= !reading;
        joined.IsEditing &= !editing;
        if (joined.IsReading || joined.IsEditing)
            joined.Session.Room.Stop(connection.ConnectionId, reading, editing);
        else
            await LeaveAsync(connection, joined);
    }

    private async Task LeaveAsync(DocumentConnection connection, JoinedDocument joined)
    {
        connection.Remove(joined);
        await hub.Groups.RemoveFromGroupAsync(connection.ConnectionId, joined.Session.DocumentId, CancellationToken.None);
        joined.Session.Room.Leave(connection.ConnectionId);
        joined.Dispose();
    }

    private static string Name(DocumentRole role) => role.ToString().ToLowerInvariant();
}
