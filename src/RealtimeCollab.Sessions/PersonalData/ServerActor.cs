using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.PersonalData;

/// <summary>The server itself in a room, which nobody has to allow anything.</summary>
internal sealed class ServerActor : IRoomActor
{
    public static ServerActor Instance { get; } = new();

    /// <summary>No user's: theirs are not empty.</summary>
    public string UserId => "";

    public string UserName => "";

    public ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken) => ValueTask.FromResult(RoomRole.Owner);

    public ValueTask<IReadOnlyList<string>> WhoMayReadAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([]);
}
