using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Delivery;

namespace RealtimeCollab.Server.Documents;

/// <summary>The connections that are in documents, and what a change of their rights does to them.</summary>
internal sealed class DocumentGuests(
    DocumentConnections connections,
    DocumentMembership membership,
    IHubContext<DocumentHub, IDocumentClient> hub,
    HubLifetimeManager<DocumentHub> manager) : IDocumentGuests
{
    /// <summary>The word in <see cref="DocumentClosed"/> for a document that is gone.</summary>
    private const string Deleted = "deleted";

    public IEnumerable<IDocumentGuest> Guests =>
        connections.All.SelectMany(connection => connection.Joined.Select(joined => new Guest(this, connection, joined)));

    private async Task SettleAsync(DocumentConnection connection, JoinedDocument joined)
    {
        await joined.Place.TakeAsync(() => hub.Groups.AddToGroupAsync(connection.ConnectionId, joined.Session.DocumentId, connection.Aborted));
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

    /// <summary>Not in the connection's turn, for that may wait: for one that has gone, or has left and joined anew, there is nothing to do.</summary>
    private Task SuspendAsync(DocumentConnection connection, JoinedDocument joined) =>
        connection.Aborted.IsCancellationRequested || connection.Find(joined.Session.DocumentId) != joined
            ? Task.CompletedTask
            : joined.Place.GiveUpAsync(() => manager.RemoveFromGroupHereAsync(connection.ConnectionId, joined.Session.DocumentId));

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

        public bool IsSettled => joined.ToldRole == joined.Grant.Role && joined.Place.IsTaken;

        public Task SettleAsync(CancellationToken cancellationToken) => InTurnAsync(guests.SettleAsync, cancellationToken);

        public Task CloseAsync(CancellationToken cancellationToken) => InTurnAsync(guests.CloseAsync, cancellationToken);

        public Task SuspendAsync() => guests.SuspendAsync(connection, joined);

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
