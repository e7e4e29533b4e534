using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;

namespace RealtimeCollab.Server.Documents;

/// <summary>The connections that are in documents, and what a change of their rights does to them.</summary>
internal sealed class DocumentGuests(
    DocumentConnections connections, DocumentMembership membership, IHubContext<DocumentHub, IDocumentClient> hub) : IDocumentGuests
{
    /// <summary>The word in <see cref="DocumentClosed"/> for a document that is gone.</summary>
    private const string Deleted = "deleted";

    private readonly IGroupManager _groups = hub.Groups;

    public IEnumerable<IDocumentGuest> Guests =>
        connections.All.SelectMany(connection => connection.Joined.Select(joined => new Guest(this, connection, joined)));

    private async Task SettleAsync(DocumentConnection connection, JoinedDocument joined)
    {
        if (joined.IsSuspended)
            await _groups.AddToGroupAsync(connection.ConnectionId, joined.Session.DocumentId, connection.Aborted);
        joined.IsSuspended = false;
        var role = joined.Grant.Role;
        if (role == joined.ToldRole)
            return;
        joined.ToldRole = role;
        if (role < DocumentRole.Viewer)
            await membership.LeaveAsync(connection, joined);
        else if (role < DocumentRole.Editor)
            DocumentMembership.Demote(connection, joined);
        await hub.Clients.Client(connection.ConnectionId).AccessChanged(new AccessChanged { DocumentId = joined.Session.DocumentId, Role = role });
    }

    private async Task CloseAsync(DocumentConnection connection, JoinedDocument joined)
    {
        await membership.LeaveAsync(connection, joined);
        await hub.Clients.Client(connection.ConnectionId).DocumentClosed(new DocumentClosed { DocumentId = joined.Session.DocumentId, Reason = Deleted });
    }

    /// <summary>A connection in a document. What is done to it happens between its joins and leaves, and only if it is
    /// still there; that it hears nothing can wait for nothing.</summary>
    private sealed class Guest(DocumentGuests guests, DocumentConnection connection, JoinedDocument joined) : IDocumentGuest
    {
        public DocumentGrant Grant => joined.Grant;

        public bool IsSettled => joined.ToldRole == joined.Grant.Role && !joined.IsSuspended;

        public Task SettleAsync(CancellationToken cancellationToken) => InTurnAsync(guests.SettleAsync, cancellationToken);

        public Task CloseAsync(CancellationToken cancellationToken) => InTurnAsync(guests.CloseAsync, cancellationToken);

        public Task SuspendAsync()
        {
            if (joined.IsSuspended)
                return Task.CompletedTask;
            joined.IsSuspended = true;
            return guests._groups.RemoveFromGroupAsync(connection.ConnectionId, joined.Session.DocumentId, CancellationToken.None);
        }

        private async Task InTurnAsync(Func<DocumentConnection, JoinedDocument, Task> act, CancellationToken cancellationToken)
        {
            try
            {
                using var turn = await connection.EnterTurnAsync(cancellationToken);
                if (connection.Find(joined.Session.DocumentId) == joined)
                    await act(connection, joined);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // it has gone by itself
            }
        }
    }
}
