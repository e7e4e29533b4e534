using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Chat;

/// <summary>What a connection to the chat hub has open.</summary>
internal sealed class ChatConnection(
    HubCallerContext context, ClientIdentity identity, PresenceConnection presence, Rates rates)
    : CollabConnection(context, identity, presence)
{
    private readonly ConcurrentDictionary<string, JoinedRoom> _joined = new(StringComparer.Ordinal);

    public ConnectionRate Messages { get; } = rates.Messages.Open(identity.UserId);

    public ConnectionRate Mentions { get; } = rates.Mentions.Open(identity.UserId);

    public ConnectionRate Signals { get; } = rates.Signals.Open(identity.UserId);

    public ConnectionRate Joins { get; } = rates.Joins.Open(identity.UserId);

    public ICollection<JoinedRoom> Joined => _joined.Values;

    public JoinedRoom? Find(string roomId) => _joined.GetValueOrDefault(roomId);

    public void Add(JoinedRoom joined) => _joined[joined.RoomId] = joined;

    public void Remove(JoinedRoom joined) => _joined.TryRemove(joined.RoomId, out _);

    protected override void LeaveAll()
    {
        foreach (var joined in _joined.Values)
        {
            joined.Room.Leave(ConnectionId);
            joined.Dispose();
        }

        _joined.Clear();
        Messages.Dispose();
        Mentions.Dispose();
        Signals.Dispose();
        Joins.Dispose();
    }
}
