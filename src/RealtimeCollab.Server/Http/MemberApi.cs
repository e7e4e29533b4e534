using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Server.Http;

/// <summary>A document's members over HTTP. A change has reached the connections of this node when it is answered.</summary>
internal sealed class MemberApi(IMembershipStore members, DocumentRoles roles, IDocumentAccess access, ILogger<MemberApi> logger)
{
    private const int MaxPage = 1000;

    public async Task<IResult> ListAsync(HttpContext context, string documentId, string? after, string? limit)
    {
        var document = await FindAsync(context, documentId, DocumentRole.Editor);
        var size = string.IsNullOrEmpty(limit) ? MaxPage
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MaxPage ? given
            : throw CollabException.InvalidRequest($"limit is 1 to {MaxPage}.");
        var page = await members.ListAsync(documentId, document.Incarnation, after ?? string.Empty, size, context.RequestAborted);
        return ApiGroup.Json(new DocumentMembers { Members = [.. page.Select(ToMember)] });
    }

    public async Task<IResult> SetAsync(HttpContext context, string documentId)
    {
        var document = await FindAsync(context, documentId, DocumentRole.Owner);
        var userId = UserIdOf(context);
        var request = await JsonBody.ReadAsync<SetMemberRequest>(context);
        if (!Enum.IsDefined(request.Role))
            throw CollabException.InvalidRequest("role is one of none, viewer, commenter, editor, owner.");
        var change = await members.SetAsync(documentId, document.Incarnation, userId, request.Role.ToMemberRole(), context.RequestAborted);
        await ActOnAsync(change, documentId, context.RequestAborted);
        AccessLog.MemberChanged(logger, CollabIdentity.GetUserId(context.User), userId, request.Role, documentId);
        return ApiGroup.Json(ToMember(new DocumentMember(userId, request.Role.ToMemberRole())));
    }

    /// <summary>Owners take out whom they like; everyone else may take out themselves.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, string documentId)
    {
        var (userId, caller) = (UserIdOf(context), CollabIdentity.GetUserId(context.User));
        var document = await FindAsync(context, documentId, userId == caller ? DocumentRole.Viewer : DocumentRole.Owner);
        var change = await members.RemoveAsync(documentId, document.Incarnation, userId, context.RequestAborted);
        await ActOnAsync(change, documentId, context.RequestAborted);
        AccessLog.MemberRemoved(logger, caller, userId, documentId);
        return Results.NoContent();
    }

    private async Task ActOnAsync(MembershipChange change, string documentId, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case MembershipChange.NoDocument:
                throw CollabException.DocumentNotFound(documentId);
            case MembershipChange.LastOwner:
                throw CollabException.InvalidRequest("The document would have no owner: make somebody else one first.");
        }

        await access.InvalidateAsync(documentId, cancellationToken);
    }

    private async ValueTask<DocumentHead> FindAsync(HttpContext context, string documentId, DocumentRole needed)
    {
        Require.DocumentId(documentId);
        return (await roles.RequireAsync(context.User, documentId, needed, context.RequestAborted)).Document;
    }

    /// <summary>The last part of the address as it was sent: ids may hold slashes, which routing leaves encoded.</summary>
    private static string UserIdOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var path = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        var userId = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return CollabIdentity.IsValid(userId)
            ? userId
            : throw CollabException.InvalidRequest($"A user's id has 1 to {CollabIdentity.MaxLength} UTF-16 code units and no control characters.");
    }

    private static DocumentMemberInfo ToMember(DocumentMember member) => new() { UserId = member.UserId, Role = member.Role.ToDocumentRole() };
}
