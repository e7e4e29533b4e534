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
    IOperationLog documents, IMessageStore rooms, IRoomMemberStore members, IDocumentAuthorizer authorizer, TimeProvider time)
{
    public const char OwnRoomMark = '~';

    /// <summary>A room that the user may at least read.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RoomNotFound"/> or <see cref="CollabError.PermissionDenied"/>.</exception>
    public async ValueTask<(RoomHead Room, DocumentRole Role)> EnterAsync(ClaimsPrincipal user, string roomId, CancellationToken cancellationToken)
    {
        var document = IsDocuments(roomId) ? await FindDocumentAsync(roomId, cancellationToken) : null;
        var found = await FindAsync(roomId, cancellationToken);
        if (document is null && found is null)
            throw CollabException.RoomNotFound(roomId);
        var role = document is not null
            ? await authorizer.GetRoleAsync(user, document, cancellationToken)
            : await GetMemberRoleAsync(user, found!, cancellationToken);
        if (role < DocumentRole.Viewer)
            throw CollabException.PermissionDenied("The user may not read this room.");
        return (found is not null && (document is null || found.Incarnation == document.Incarnation) ? found : await OpenAsync(document!, cancellationToken), role);
    }

    /// <summary>What a user may do in a room that was found before.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RoomNotFound"/>: its document is gone.</exception>
    public async ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, RoomHead room, CancellationToken cancellationToken)
    {
        if (room.Kind != RoomKind.Document)
            return await GetMemberRoleAsync(user, room, cancellationToken);
        var document = await FindDocumentAsync(room.RoomId, cancellationToken);
        if (document.Incarnation != room.Incarnation)
            throw CollabException.RoomNotFound(room.RoomId);
        return await authorizer.GetRoleAsync(user, document, cancellationToken);
    }

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
            if (await authorizer.GetRoleAsync(user, document, cancellationToken) >= DocumentRole.Viewer)
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

    private async ValueTask<DocumentRole> GetMemberRoleAsync(ClaimsPrincipal user, RoomHead room, CancellationToken cancellationToken) =>
        await members.FindAsync(room.Key, [CollabIdentity.GetUserId(user)], cancellationToken) is [var member] ? member.Role.ToDocumentRole() : DocumentRole.None;

    private ValueTask<RoomHead> OpenAsync(DocumentHead document, CancellationToken cancellationToken) => rooms.OpenRoomAsync(
        new NewRoom(document.DocumentId, document.Incarnation, RoomKind.Document, Name: null, document.CreatedBy, time.GetUtcNow(), Members: []), cancellationToken);
}
