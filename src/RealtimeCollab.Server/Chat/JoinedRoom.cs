using RealtimeCollab.Server.Connections;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>A room that a connection is in.</summary>
internal sealed class JoinedRoom(Lease<ChatRoom> lease, RoomActor actor) : IDisposable
{
    private volatile RoomActor _actor = actor;

    public ChatRoom Room => lease.Session;

    /// <summary>The connection's user, as the room knows them.</summary>
    public RoomActor Actor { get => _actor; set => _actor = value; }

    /// <summary>In the room's group; given up until somebody can tell again what the user may do.</summary>
    public GroupPlace Place { get; } = new();

    public string RoomId => Room.Head.RoomId;

    public RoomKey Key => Room.Head.Key;

    /// <summary>Lets the room leave memory.</summary>
    public void Dispose() => lease.Dispose();
}
