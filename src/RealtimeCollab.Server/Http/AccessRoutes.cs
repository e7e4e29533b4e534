using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Server.Identity;

namespace RealtimeCollab.Server.Http;

/// <summary>Where <see cref="MemberApi"/> and <see cref="LinkApi"/> answer.</summary>
internal static class AccessRoutes
{
    public const string LinksPath = "/api/links";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins)
    {
        var document = ApiGroup.Map(endpoints, origins, DocumentRoutes.Path + "/{documentId}");
        document.MapGet("/members", (HttpContext context, string documentId, string? after, string? limit, MemberApi api) =>
            api.ListAsync(context, documentId, after, limit));
        document.MapPut("/members/{userId}", (HttpContext context, string documentId, MemberApi api) => api.SetAsync(context, documentId));
        document.MapDelete("/members/{userId}", (HttpContext context, string documentId, MemberApi api) => api.RemoveAsync(context, documentId));
        document.MapGet("/links", (HttpContext context, string documentId, LinkApi api) => api.ListAsync(context, documentId));
        document.MapPost("/links", (HttpContext context, string documentId, LinkApi api) => api.CreateAsync(context, documentId));
        document.MapDelete("/links/{linkId}", (HttpContext context, string documentId, string linkId, LinkApi api) =>
            api.RemoveAsync(context, documentId, linkId));

        // the token is in the body: addresses are written to logs, here or on the way
        ApiGroup.Map(endpoints, origins, LinksPath).MapPost("", (HttpContext context, LinkApi api) => api.RedeemAsync(context));
    }
}
