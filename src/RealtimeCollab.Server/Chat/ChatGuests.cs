using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;

namespace RealtimeCollab.Server.Chat;

/// <summary>The connections that are in rooms of documents, and what a change of their rights does to them.</summary>
internal sealed class ChatGuests(ChatConnections connections, RoomMembers members, IHubContext<ChatHub> hub) : IDocumentGuests
{
    public IEnumerable<IDocumentGuest> Guests => connections.All.SelectMany(
        connection => connection.Joined.Where(joined => joined.Actor.Grant is not null).Select(joined => new Guest(members, hub.Groups, connection, joined)));

    /// <summary>A connection in a document's room.</summary>
    private sealed class Guest(RoomMembers members, IGroupManager groups, ChatConnection connection, JoinedRoom joined) : IDocumentGuest
    {
        public DocumentGrant Grant { get; } = joined.Actor.Grant!;

        public bool IsSettled => Grant.Role >= DocumentRole.Viewer && !joined.IsSuspended;

        public Task SettleAsync(CancellationToken cancellationToken) =>
            Grant.Role < DocumentRole.Viewer ? CloseAsync(cancellationToken) : ResumeAsync(cancellationToken);

        public Task SuspendAsync()
        {
            if (joined.IsSuspended)
                return Task.CompletedTask;
            joined.IsSuspended = true;
            return groups.RemoveFromGroupAsync(connection.ConnectionId, joined.RoomId, CancellationToken.None);
        }

        public Task CloseAsync(CancellationToken cancellationToken) => UnlessGoneAsync(
            () => members.LeaveAsync(connection, joined.RoomId, cancellationToken), cancellationToken);

        private Task ResumeAsync(CancellationToken cancellationToken) => UnlessGoneAsync(
            async () =>
            {
                using var turn = await connection.EnterTurnAsync(cancellationToken);
                if (joined.IsSuspended && connection.Find(joined.RoomId) == joined)
                    await groups.AddToGroupAsync(connection.ConnectionId, joined.RoomId, cancellationToken);
                joined.IsSuspended = false;
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
