using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>A room that a connection is in.</summary>
internal sealed class JoinedRoom(Lease<ChatRoom> lease, RoomActor actor) : IDisposable
{
    private volatile RoomActor _actor = actor;
    private volatile bool _isSuspended;

    public ChatRoom Room => lease.Session;

    /// <summary>The connection's user, as the room knows them.</summary>
    public RoomActor Actor { get => _actor; set => _actor = value; }

    /// <summary>Out of the room's group until somebody can tell what the user may do.</summary>
    public bool IsSuspended { get => _isSuspended; set => _isSuspended = value; }

    public string RoomId => Room.Head.RoomId;

    public RoomKey Key => Room.Head.Key;

    /// <summary>Lets the room leave memory.</summary>
    public void Dispose() => lease.Dispose();
}
