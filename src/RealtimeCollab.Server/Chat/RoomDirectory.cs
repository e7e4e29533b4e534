using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Chat;

/// <summary>
/// Finds rooms and what users may do in them. A room whose id begins with <c>~</c> has members of its own; every other one is that
/// of the document with its id, and begins to exist when somebody first comes.
/// </summary>
internal sealed class RoomDirectory(
    IOperationLog documents, IMessageStore rooms, IRoomMemberStore members, DocumentRoles roles, TimeProvider time)
{
    public const char OwnRoomMark = '~';

    /// <summary>A user in a room that they may at least read.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RoomNotFound"/> or <see cref="CollabError.PermissionDenied"/>.</exception>
    public async ValueTask<RoomActor> EnterAsync(ClaimsPrincipal user, string roomId, CancellationToken cancellationToken)
    {
        var document = IsDocuments(roomId) ? await FindDocumentAsync(roomId, cancellationToken) : null;
        var found = await FindAsync(roomId, cancellationToken);
        if (document is null)
        {
            var room = found ?? throw CollabException.RoomNotFound(roomId);
            var role = await GetMemberRoleAsync(CollabIdentity.GetUserId(user), room, cancellationToken);
            RequireReader(role);
            return new OwnRoomActor(user, room, role, this, time);
        }

        var grant = await roles.GrantAsync(user, document, cancellationToken);
        RequireReader(grant.Role);
        return new DocumentRoomActor(
            user, found?.Incarnation == document.Incarnation ? found : await OpenAsync(document, cancellationToken), grant, this);
    }

    /// <summary>What a user may do in a room of its own.</summary>
    public async ValueTask<DocumentRole> GetMemberRoleAsync(string userId, RoomHead room, CancellationToken cancellationToken) =>
        await members.FindAsync(room.Key, [userId], cancellationToken) is [var member] ? member.Role.ToDocumentRole() : DocumentRole.None;

    /// <summary>Those of the users who may read a room. Of them nothing but the id is known: an authorizer that wants other claims says no.</summary>
    public async ValueTask<IReadOnlyList<string>> WhoMayReadAsync(RoomHead room, IReadOnlyList<string> userIds, CancellationToken cancellationToken)
    {
        if (room.Kind != RoomKind.Document)
        {
            var found = await members.FindAsync(room.Key, userIds, cancellationToken);
            return [.. found.Where(member => member.Role >= RoomRole.Viewer).Select(member => member.UserId)];
        }

        var document = await FindDocumentAsync(room.RoomId, cancellationToken);
        var readers = new List<string>(userIds.Count);
        foreach (var userId in userIds)
        {
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(CollabIdentity.UserIdClaim, userId)], CollabIdentity.Scheme));
            if (await roles.AskAsync(user, document, cancellationToken) >= DocumentRole.Viewer)
                readers.Add(userId);
        }

        return readers;
    }

    /// <summary>A room's row, if there is one.</summary>
    public async ValueTask<RoomHead?> FindAsync(string roomId, CancellationToken cancellationToken) =>
        await rooms.FindRoomsAsync([roomId], cancellationToken) is [var found] ? found : null;

    private static bool IsDocuments(string roomId) => !roomId.StartsWith(OwnRoomMark);

    private async ValueTask<DocumentHead> FindDocumentAsync(string documentId, CancellationToken cancellationToken) =>
        await documents.FindAsync(documentId, cancellationToken) ?? throw CollabException.RoomNotFound(documentId);

    private static void RequireReader(DocumentRole role)
    {
        if (role < DocumentRole.Viewer)
            throw CollabException.PermissionDenied("The user may not read this room.");
    }

    private ValueTask<RoomHead> OpenAsync(DocumentHead document, CancellationToken cancellationToken) => rooms.OpenRoomAsync(
        new NewRoom(document.DocumentId, document.Incarnation, RoomKind.Document, Name: null, document.CreatedBy, time.GetUtcNow(), Members: []), cancellationToken);
}
