using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>A user in a room.</summary>
internal abstract class RoomActor(ClaimsPrincipal user, RoomHead room, RoomDirectory directory) : IRoomActor
{
    /// <summary>The room as it was when the user came.</summary>
    public RoomHead Room => room;

    public string UserId { get; } = CollabIdentity.GetUserId(user);

    public string UserName { get; } = CollabIdentity.GetUserName(user);

    /// <summary>As it was last known.</summary>
    public abstract DocumentRole Role { get; }

    /// <summary>The right to the document whose room it is; null in a room of its own.</summary>
    public virtual DocumentGrant? Grant => null;

    protected RoomDirectory Directory => directory;

    public abstract ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken);

    public ValueTask<IReadOnlyList<string>> WhoMayReadAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken) =>
        Directory.WhoMayReadAsync(room, userIds, cancellationToken);
}

/// <summary>A user in a document's room, by the role that they have in the document.</summary>
internal sealed class DocumentRoomActor(ClaimsPrincipal user, RoomHead room, DocumentGrant grant, RoomDirectory directory)
    : RoomActor(user, room, directory)
{
    public override DocumentRole Role => grant.Role;

    public override DocumentGrant Grant => grant;

    public override async ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await grant.GetRoleAsync(cancellationToken)).ToRoomRole();
        }
        catch (CollabException gone) when (gone.Error == CollabError.DocumentNotFound)
        {
            throw CollabException.RoomNotFound(Room.RoomId);
        }
    }
}

/// <summary>A user in a room of its own. What they may do there is asked again when the last answer is older than a second.</summary>
internal sealed class OwnRoomActor(ClaimsPrincipal user, RoomHead room, DocumentRole role, RoomDirectory directory, TimeProvider time)
    : RoomActor(user, room, directory)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private volatile Answer _answer = new(role, time.GetTimestamp());

    public override DocumentRole Role => _answer.Role;

    public override async ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken)
    {
        var answer = _answer;
        if (time.GetElapsedTime(answer.At) > MaxAge)
            _answer = answer = new Answer(await Directory.GetMemberRoleAsync(UserId, Room, cancellationToken), time.GetTimestamp());
        return answer.Role.ToRoomRole();
    }

    private sealed record Answer(DocumentRole Role, long At);
}
