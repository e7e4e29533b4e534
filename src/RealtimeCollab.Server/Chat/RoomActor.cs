using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>A user in a room. What they may do is asked again when the last answer is older than a second.</summary>
internal sealed class RoomActor(ClaimsPrincipal user, RoomHead room, DocumentRole role, RoomDirectory directory, TimeProvider time) : IRoomActor
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private volatile Answer _answer = new(role, time.GetTimestamp());

    public string UserId { get; } = CollabIdentity.GetUserId(user);

    public string UserName { get; } = CollabIdentity.GetUserName(user);

    /// <summary>As it was last known.</summary>
    public DocumentRole Role => _answer.Role;

    public async ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken)
    {
        var answer = _answer;
        if (time.GetElapsedTime(answer.At) > MaxAge)
            _answer = answer = new Answer(await directory.GetRoleAsync(user, room, cancellationToken), time.GetTimestamp());
        return answer.Role.ToRoomRole();
    }

    public ValueTask<IReadOnlyList<string>> WhoMayReadAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken) =>
        directory.WhoMayReadAsync(room, userIds, cancellationToken);

    /// <summary>Takes an answer that is newer.</summary>
    public void Update(DocumentRole newer) => _answer = new Answer(newer, time.GetTimestamp());

    private sealed record Answer(DocumentRole Role, long At);
}
