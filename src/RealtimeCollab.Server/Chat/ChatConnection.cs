using System.Collections.Immutable;
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
    private static readonly ImmutableDictionary<string, JoinedRoom> None = ImmutableDictionary.Create<string, JoinedRoom>(StringComparer.Ordinal);

    // for the few that a connection is in: a fifth of the memory of a concurrent dictionary
    private ImmutableDictionary<string, JoinedRoom> _joined = None;

    public ConnectionRate Messages { get; } = rates.Messages.Open(identity.UserId);

    public ConnectionRate Mentions { get; } = rates.Mentions.Open(identity.UserId);

    public ConnectionRate Signals { get; } = rates.Signals.Open(identity.UserId);

    public ConnectionRate Joins { get; } = rates.Joins.Open(identity.UserId);

    public IEnumerable<JoinedRoom> Joined => _joined.Values;

    public int JoinedCount => _joined.Count;

    public JoinedRoom? Find(string roomId) => _joined.GetValueOrDefault(roomId);

    public void Add(JoinedRoom joined) => ImmutableInterlocked.AddOrUpdate(ref _joined, joined.RoomId, joined, (_, _) => joined);

    public void Remove(JoinedRoom joined) => ImmutableInterlocked.TryRemove(ref _joined, joined.RoomId, out _);

    protected override void LeaveAll()
    {
        foreach (var joined in _joined.Values)
        {
            joined.Room.Leave(ConnectionId);
            joined.Dispose();
        }

        _joined = None;
        Messages.Dispose();
        Mentions.Dispose();
        Signals.Dispose();
        Joins.Dispose();
    }
}
