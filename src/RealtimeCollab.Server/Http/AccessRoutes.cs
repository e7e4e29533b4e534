using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;

namespace RealtimeCollab.Server.Http;

/// <summary>Where <see cref="MemberApi"/> and <see cref="LinkApi"/> answer.</summary>
internal static class AccessRoutes
{
    public const string LinksPath = "/api/links";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins)
    {
        var document = ApiGroup.Map(endpoints, origins, DocumentRoutes.Path + "/{documentId}");
        document.MapGet("/members", (HttpContext context, string documentId, string? after, string? limit, MemberApi api) =>
            api.ListAsync(context, documentId, after, limit))
            .Describe<DocumentMembers>("listMembers", "The members.");
        document.MapPut("/members/{userId}", (HttpContext context, string documentId, MemberApi api) => api.SetAsync(context, documentId))
            .Describe<SetMemberRequest, DocumentMemberInfo>("setMember", "Gives a role.");
        document.MapDelete("/members/{userId}", (HttpContext context, string documentId, MemberApi api) => api.RemoveAsync(context, documentId))
            .Describe("removeMember", "Takes a member out.");
        document.MapGet("/links", (HttpContext context, string documentId, LinkApi api) => api.ListAsync(context, documentId))
            .Describe<ShareLinks>("listLinks", "The links by which users become members.");
        document.MapPost("/links", (HttpContext context, string documentId, LinkApi api) => api.CreateAsync(context, documentId))
            .Describe<CreateShareLinkRequest, ShareLinkInfo>("createLink", "Makes a link.", StatusCodes.Status201Created);
        document.MapDelete("/links/{linkId}", (HttpContext context, string documentId, string linkId, LinkApi api) =>
            api.RemoveAsync(context, documentId, linkId))
            .Describe("removeLink", "Ends a link.");

        // the token is in the body: addresses are written to logs, here or on the way
        ApiGroup.Map(endpoints, origins, LinksPath).MapPost("", (HttpContext context, LinkApi api) => api.RedeemAsync(context))
            .Describe<RedeemLinkRequest, RedeemedLink>("redeemLink", "Makes the caller a member by a link.");
    }
}
