using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>Who does something in a room. Asked again in the room's turn, so that a right that was taken away meanwhile does not count.</summary>
public interface IRoomActor
{
    /// <summary>The user.</summary>
    string UserId { get; }

    /// <summary>The name that others see.</summary>
    string UserName { get; }

    /// <summary>What the user may do in the room.</summary>
    ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken);

    /// <summary>Those of the users who may read the room.</summary>
    ValueTask<IReadOnlyList<string>> WhoMayReadAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken);
}
