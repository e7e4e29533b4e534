using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>A room that a connection is in.</summary>
internal sealed class JoinedRoom(Lease<ChatRoom> lease, RoomActor actor) : IDisposable
{
    public ChatRoom Room => lease.Session;

    /// <summary>The connection's user, as the room knows them.</summary>
    public RoomActor Actor => actor;

    public string RoomId => Room.Head.RoomId;

    public RoomKey Key => Room.Head.Key;

    /// <summary>Lets the room leave memory.</summary>
    public void Dispose() => lease.Dispose();
}
