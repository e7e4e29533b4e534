using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;

namespace RealtimeCollab.Server.Http;

/// <summary>Where <see cref="CatalogApi"/>, <see cref="DocumentApi"/>, <see cref="ExportApi"/>, <see cref="ImportApi"/> and <see cref="EventsApi"/> answer.</summary>
internal static class DocumentRoutes
{
    public const string Path = "/api/documents";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins)
    {
        MapCatalog(ApiGroup.Map(endpoints, origins, Path));
        var document = ApiGroup.Map(endpoints, origins, Path + "/{documentId}");
        MapDocument(document);
        MapHistory(document);
        MapFiles(document);
    }

    private static void MapCatalog(RouteGroupBuilder all)
    {
        all.MapGet("", (HttpContext context, string? after, string? limit, CatalogApi api) => api.ListAsync(context, after, limit))
            .Describe<DocumentPage>("listDocuments", "The documents that the caller may read.");
        all.MapPost("", (HttpContext context, CatalogApi api) => api.CreateAsync(context))
            .Describe<CreateDocumentRequest, DocumentSummary>("createDocument", "Creates a document unless there is one.", StatusCodes.Status200OK, StatusCodes.Status201Created);
    }

    private static void MapDocument(RouteGroupBuilder document)
    {
        document.MapGet("", (HttpContext context, string documentId, string? revision, DocumentApi api) => api.GetAsync(context, documentId, revision))
            .Describe<DocumentRevision>("getDocument", "The content, now or at a revision.");
        document.MapPatch("", (HttpContext context, string documentId, CatalogApi api) => api.UpdateAsync(context, documentId))
            .Describe<UpdateDocumentRequest, DocumentSummary>("updateDocument", "Gives a title or takes it away.");
        document.MapDelete("", (HttpContext context, string documentId, CatalogApi api) => api.DeleteAsync(context, documentId))
            .Describe("deleteDocument", "Deletes the document with its history.");
        document.MapGet("/events", (HttpContext context, string documentId, EventsApi api) => api.FollowAsync(context, documentId))
            .WithMetadata(TicketInQuery.Allowed)
            .DescribeText("followDocument", "The document as it is and goes on, as server-sent events.", "text/event-stream");
    }

    private static void MapHistory(RouteGroupBuilder document)
    {
        document.MapGet("/operations", (HttpContext context, string documentId, string? from, string? to, string? limit, DocumentApi api) =>
                api.GetOperationsAsync(context, documentId, from, to, limit))
            .Describe<OperationBatch>("getOperations", "Committed operations after one revision up to another.");
        document.MapGet("/versions", (HttpContext context, string documentId, DocumentApi api) => api.ListVersionsAsync(context, documentId))
            .Describe<DocumentVersions>("listVersions", "The named versions, the newest revision first.");
        document.MapPost("/versions", (HttpContext context, string documentId, DocumentApi api) => api.CreateVersionAsync(context, documentId))
            .Describe<CreateVersionRequest, DocumentVersion>("createVersion", "Names a revision.", StatusCodes.Status201Created);
        document.MapPost("/restore", (HttpContext context, string documentId, DocumentApi api) => api.RestoreAsync(context, documentId))
            .Describe<RestoreRequest, SubmitOperationResult>("restoreDocument", "Brings the document back to a revision by a new operation.");
    }

    private static void MapFiles(RouteGroupBuilder document)
    {
        document.MapGet("/export", (HttpContext context, string documentId, string? format, string? revision, ExportApi api) =>
                api.ExportAsync(context, documentId, format, revision))
            .DescribeText("exportDocument", "The document as a file.", "text/plain", "text/markdown", "text/html", "application/json");
        document.MapPost("/import", (HttpContext context, string documentId, string? format, string? baseRevision, string? operationId, ImportApi api) =>
                api.ImportAsync(context, documentId, format, baseRevision, operationId))
            .DescribeUpload<SubmitOperationResult>("importDocument", "Writes a file into a new document, or in place of what is in one.", StatusCodes.Status200OK, StatusCodes.Status201Created);
    }
}
