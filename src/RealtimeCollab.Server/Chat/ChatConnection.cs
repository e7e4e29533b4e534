using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Chat;

/// <summary>What a connection to the chat hub has open.</summary>
internal sealed class ChatConnection(
    HubCallerContext context, ClientIdentity identity, PresenceConnection presence, ServerLimits limits, TimeProvider time)
    : CollabConnection(context, identity, presence)
{
    private readonly ConcurrentDictionary<string, JoinedRoom> _joined = new(StringComparer.Ordinal);

    /// <summary>What is stored: messages and their changes.</summary>
    public TokenBucket Messages { get; } = new(limits.MessagesPerSecond, time);

    /// <summary>What is not: typing and marks. It has a rate of its own, so that a fast reader can still write.</summary>
    public TokenBucket Signals { get; } = new(limits.MessagesPerSecond, time);

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
    }
}
