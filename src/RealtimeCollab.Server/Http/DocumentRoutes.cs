using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Identity;

namespace RealtimeCollab.Server.Http;

/// <summary>Where <see cref="CatalogApi"/>, <see cref="DocumentApi"/>, <see cref="FormatApi"/> and <see cref="EventsApi"/> answer.</summary>
internal static class DocumentRoutes
{
    public const string Path = "/api/documents";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins)
    {
        var all = ApiGroup.Map(endpoints, origins, Path);
        all.MapGet("", (HttpContext context, string? after, string? limit, CatalogApi api) => api.ListAsync(context, after, limit));
        all.MapPost("", (HttpContext context, CatalogApi api) => api.CreateAsync(context));

        var document = ApiGroup.Map(endpoints, origins, Path + "/{documentId}");
        document.MapGet("", (HttpContext context, string documentId, string? revision, DocumentApi api) =>
            api.GetAsync(context, documentId, revision));
        document.MapGet("/operations", (HttpContext context, string documentId, string? from, string? to, string? limit, DocumentApi api) =>
            api.GetOperationsAsync(context, documentId, from, to, limit));
        document.MapGet("/events", (HttpContext context, string documentId, EventsApi api) => api.FollowAsync(context, documentId))
            .WithMetadata(TicketInQuery.Allowed);
        document.MapGet("/versions", (HttpContext context, string documentId, DocumentApi api) => api.ListVersionsAsync(context, documentId));
        document.MapPost("/versions", (HttpContext context, string documentId, DocumentApi api) => api.CreateVersionAsync(context, documentId));
        document.MapPost("/restore", (HttpContext context, string documentId, DocumentApi api) => api.RestoreAsync(context, documentId));
        document.MapPatch("", (HttpContext context, string documentId, CatalogApi api) => api.UpdateAsync(context, documentId));
        document.MapDelete("", (HttpContext context, string documentId, CatalogApi api) => api.DeleteAsync(context, documentId));
        document.MapGet("/export", (HttpContext context, string documentId, string? format, string? revision, FormatApi api) =>
            api.ExportAsync(context, documentId, format, revision));
        document.MapPost("/import", (HttpContext context, string documentId, string? format, string? baseRevision, string? operationId, FormatApi api) =>
            api.ImportAsync(context, documentId, format, baseRevision, operationId));
    }
}
