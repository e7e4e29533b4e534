using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Delivery;

namespace RealtimeCollab.Server.Chat;

/// <summary>The connections that are in rooms of documents, and what a change of their rights does to them.</summary>
internal sealed class ChatGuests(ChatConnections connections, RoomMembers members, HubLifetimeManager<ChatHub> manager) : IDocumentGuests
{
    public IEnumerable<IDocumentGuest> Guests => connections.All.SelectMany(
        connection => connection.Joined.Where(joined => joined.Actor.Grant is not null).Select(joined => new Guest(members, manager, connection, joined)));

    /// <summary>A connection in a document's room.</summary>
    private sealed class Guest(RoomMembers members, HubLifetimeManager<ChatHub> manager, ChatConnection connection, JoinedRoom joined) : IDocumentGuest
    {
        public DocumentGrant Grant { get; } = joined.Actor.Grant!;

        public bool IsSettled => Grant.Role >= DocumentRole.Viewer && joined.Place.IsTaken;

        public Task SettleAsync(CancellationToken cancellationToken) =>
            Grant.Role < DocumentRole.Viewer ? CloseAsync(cancellationToken) : ResumeAsync(cancellationToken);

        /// <summary>Not in the connection's turn, for that may wait: for one that has gone, or has left and joined anew, there is nothing to do.</summary>
        public Task SuspendAsync() =>
            connection.Aborted.IsCancellationRequested || connection.Find(joined.RoomId) != joined
                ? Task.CompletedTask
                : joined.Place.GiveUpAsync(() => manager.RemoveFromGroupHereAsync(connection.ConnectionId, joined.RoomId));

        public Task CloseAsync(CancellationToken cancellationToken) => UnlessGoneAsync(
            () => members.LeaveAsync(connection, joined.RoomId, cancellationToken), cancellationToken);

        private Task ResumeAsync(CancellationToken cancellationToken) => UnlessGoneAsync(
            async () =>
            {
                using var turn = await connection.EnterTurnAsync(cancellationToken);
                if (connection.Find(joined.RoomId) == joined)
                    await joined.Place.TakeAsync(() => manager.AddToGroupAsync(connection.ConnectionId, joined.RoomId, cancellationToken));
            },
            cancellationToken);

        private static async Task UnlessGoneAsync(Func<Task> act, CancellationToken cancellationToken)
        {
            try
            {
                await act();
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // it has gone by itself
            }
        }
    }
}
