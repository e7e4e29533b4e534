using Microsoft.AspNetCore.Http;
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

    /// <summary>So often may others be faster in a row. Of changes at the same time one is always done.</summary>
    private const int MaxAttempts = 100;

    public async Task<IResult> ListAsync(HttpContext context, string documentId, string? after, string? limit)
    {
        var size = Require.OptionalLimit(limit, usual: MaxPage, MaxPage);
        var last = Require.OptionalLabel(after, "after") ?? string.Empty;
        var document = await FindAsync(context, documentId, DocumentRole.Editor);
        var page = await members.ListAsync(documentId, document.Incarnation, last, size, context.RequestAborted);
        return ApiGroup.Json(new DocumentMembers { Members = [.. page.Select(ToMember)] });
    }

    public async Task<IResult> SetAsync(HttpContext context, string documentId)
    {
        var userId = UserInAddress.Read(context);
        // whoever takes long to send the body has lost the right by then that is taken away meanwhile
        var request = await JsonBody.ReadAsync<SetMemberRequest>(context);
        if (!Enum.IsDefined(request.Role))
            throw CollabException.InvalidRequest("role is one of none, viewer, commenter, editor, owner.");
        await ChangeAsync(context, documentId, DocumentRole.Owner, (document, version) =>
            members.SetAsync(documentId, document.Incarnation, userId, request.Role.ToMemberRole(), version, context.RequestAborted));
        AccessLog.MemberChanged(logger, CollabIdentity.GetUserId(context.User), userId, request.Role, documentId);
        return ApiGroup.Json(ToMember(new DocumentMember(userId, request.Role.ToMemberRole())));
    }

    /// <summary>Owners take out whom they like; everyone else may take out themselves.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, string documentId)
    {
        var (userId, caller) = (UserInAddress.Read(context), CollabIdentity.GetUserId(context.User));
        await ChangeAsync(context, documentId, userId == caller ? DocumentRole.Viewer : DocumentRole.Owner, (document, version) =>
            members.RemoveAsync(documentId, document.Incarnation, userId, version, context.RequestAborted));
        AccessLog.MemberRemoved(logger, caller, userId, documentId);
        return Results.NoContent();
    }

    /// <summary>Changes members for a caller who may, at the version of the members that this was found at.</summary>
    private async Task ChangeAsync(
        HttpContext context, string documentId, DocumentRole needed, Func<DocumentHead, long?, ValueTask<MembershipChange>> change)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var document = await FindAsync(context, documentId, needed);
            switch (await change(document, roles.IsVersioned ? document.MembershipVersion : null))
            {
                case MembershipChange.Overtaken:
                    continue;
                case MembershipChange.NoDocument:
                    throw CollabException.DocumentNotFound(documentId);
                case MembershipChange.LastOwner:
                    throw CollabException.InvalidRequest("The document would have no owner: make somebody else one first.");
            }

            await access.InvalidateAsync(documentId, context.RequestAborted);
            return;
        }

        throw CollabException.OperationFailed();
    }

    private async ValueTask<DocumentHead> FindAsync(HttpContext context, string documentId, DocumentRole needed)
    {
        Require.DocumentId(documentId);
        return (await roles.RequireAsync(context.User, documentId, needed, context.RequestAborted)).Document;
    }

    private static DocumentMemberInfo ToMember(DocumentMember member) => new() { UserId = member.UserId, Role = member.Role.ToDocumentRole() };
}
