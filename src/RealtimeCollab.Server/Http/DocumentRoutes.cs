using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Identity;

namespace RealtimeCollab.Server.Http;

/// <summary>Where <see cref="DocumentApi"/> answers.</summary>
internal static class DocumentRoutes
{
    public const string Path = "/api/documents";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins)
    {
        var document = ApiGroup.Map(endpoints, origins, Path + "/{documentId}");
        document.MapGet("", (HttpContext context, string documentId, string? revision, DocumentApi api) =>
            api.GetAsync(context, documentId, revision));
        document.MapGet("/operations", (HttpContext context, string documentId, string? from, string? to, DocumentApi api) =>
            api.GetOperationsAsync(context, documentId, from, to));
        document.MapGet("/events", (HttpContext context, string documentId, EventsApi api) => api.FollowAsync(context, documentId))
            .WithMetadata(TicketInQuery.Allowed);
        document.MapGet("/versions", (HttpContext context, string documentId, DocumentApi api) => api.ListVersionsAsync(context, documentId));
        document.MapPost("/versions", (HttpContext context, string documentId, DocumentApi api) => api.CreateVersionAsync(context, documentId));
        document.MapPost("/restore", (HttpContext context, string documentId, DocumentApi api) => api.RestoreAsync(context, documentId));
    }
}
