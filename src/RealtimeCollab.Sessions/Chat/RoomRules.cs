using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>Who may do what in a room.</summary>
internal static class RoomRules
{
    public static void RequireWriter(RoomRole role)
    {
        if (role < RoomRole.Commenter)
            throw CollabException.PermissionDenied("The user may not write in this room.");
    }

    /// <summary>Authors change their own messages while they may write; owners change all.</summary>
    public static void RequireAuthorOrOwner(StoredMessage message, IRoomActor actor, RoomRole role)
    {
        RequireWriter(role);
        if (message.SenderId != actor.UserId && role < RoomRole.Owner)
            throw CollabException.PermissionDenied("Only its author and owners of the room may change a message.");
    }
}
