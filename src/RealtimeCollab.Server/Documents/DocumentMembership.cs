using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>
/// Lets connections into documents and out again. Joins and leaves of one connection happen one after another, so that calls
/// that overlap cannot leave it half in.
/// </summary>
internal sealed class DocumentMembership(
    DocumentSessions sessions,
    DocumentRoles roles,
    DocumentCreation creation,
    IOperationLog log,
    IHubContext<DocumentHub> hub,
    IOptions<RealtimeCollabOptions> options)
{
    private readonly ServerLimits _limits = options.Value.Limits;

    public Task<DocumentSnapshot> SubscribeAsync(DocumentConnection connection, SubscribeRequest request) =>
        JoinAsync(
            connection, request.DocumentId, DocumentRole.Viewer, request.SinceRevision, isEditing: false,
            () => EnterAsync(connection, request.DocumentId, DocumentRole.Viewer));

    public Task<DocumentSnapshot> StartEditingAsync(DocumentConnection connection, StartEditingRequest request) =>
        JoinAsync(
            connection, request.DocumentId, DocumentRole.Editor, request.SinceRevision, isEditing: true,
            () => EnterOrCreateAsync(connection, request));

    public Task UnsubscribeAsync(DocumentConnection connection, string documentId) =>
        StopAsync(connection, documentId, reading: true, editing: false);

    public Task StopEditingAsync(DocumentConnection connection, string documentId) =>
        StopAsync(connection, documentId, reading: false, editing: true);

    /// <summary>Takes a connection out of a document. In the connection's turn.</summary>
    public async Task LeaveAsync(DocumentConnection connection, JoinedDocument joined)
    {
        connection.Remove(joined);
        await hub.Groups.RemoveFromGroupAsync(connection.ConnectionId, joined.Session.DocumentId, CancellationToken.None);
        joined.Session.Room.Leave(connection.ConnectionId);
        joined.Dispose();
    }

    /// <summary>Makes a writer a reader. In the connection's turn.</summary>
    public static void Demote(DocumentConnection connection, JoinedDocument joined)
    {
        if (!joined.IsEditing)
            return;
        joined.IsReading = true;
        joined.IsEditing = false;
        joined.Session.Room.Demote(connection.ConnectionId);
    }

    private async Task<DocumentSnapshot> JoinAsync(
        DocumentConnection connection,
        string documentId,
        DocumentRole needed,
        long? sinceRevision,
        bool isEditing,
        Func<ValueTask<JoinedDocument>> enter)
    {
        connection.Joins.Take();
        using var turn = await connection.EnterTurnAsync();
        var present = connection.Find(documentId);
        var joined = present ?? await enter();
        try
        {
            await joined.Grant.GetRoleAsync(connection.Aborted);
            joined.Grant.Require(needed);
            // in the group before the content is read: what is committed in between arrives twice, never not at all
            await joined.Place.TakeAsync(() => hub.Groups.AddToGroupAsync(connection.ConnectionId, documentId, connection.Aborted));
            var resume = await joined.Session.ResumeAsync(sinceRevision, connection.Aborted);
            connection.Add(joined);
            joined.IsEditing |= isEditing;
            joined.IsReading |= !isEditing;
            connection.ExpectLargeAnswer(resume.Snapshot?.Document.Length ?? OperationSize.Estimate(resume.Entries));
            joined.Session.Room.Join(connection.ToMember(joined.IsReading, joined.IsEditing));
            var role = joined.ToldRole = joined.Grant.Role;
            return joined.Session.ToSnapshot(resume, role, readOnly: !joined.IsEditing, connection.Identity.ClientId);
        }
        catch when (present is null)
        {
            await LeaveAsync(connection, joined);
            throw;
        }
    }

    private async ValueTask<JoinedDocument> EnterAsync(DocumentConnection connection, string documentId, DocumentRole needed)
    {
        RequirePlace(connection);
        var grant = await roles.RequireAsync(connection.User, documentId, needed, connection.Aborted);
        return new JoinedDocument(await sessions.OpenAsync(grant.Document, connection.Aborted), grant);
    }

    private async ValueTask<JoinedDocument> EnterOrCreateAsync(DocumentConnection connection, StartEditingRequest request)
    {
        try
        {
            return await EnterAsync(connection, request.DocumentId, DocumentRole.Editor);
        }
        catch (CollabException missing) when (missing.Error == CollabError.DocumentNotFound)
        {
            // whoever has a revision comes back; decision 0121
            if (request.SinceRevision is not null && await log.IsDeletedAsync(request.DocumentId, connection.Aborted))
                throw;
            var first = FirstEntry(connection, request.InitialText);
            var document = await creation.DraftAsync(
                connection.User, request.DocumentId, request.ContentType ?? ContentType.Text, title: null, first, connection.Aborted);
            using var created = await sessions.OpenOrCreateAsync(document, first, connection.Aborted);
            return await EnterAsync(connection, request.DocumentId, DocumentRole.Editor);
        }
    }

    private void RequirePlace(DocumentConnection connection)
    {
        if (connection.JoinedCount >= _limits.DocumentsPerConnection)
            throw CollabException.RateLimited($"The connection has {connection.JoinedCount} documents open; {_limits.DocumentsPerConnection} are allowed.");
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
}
