using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.History;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Http;

/// <summary>A document's content and history over HTTP, under the same roles as on the hub.</summary>
internal sealed class DocumentApi(
    DocumentRoles roles, DocumentHistory history, DocumentSessions sessions, OperationGate gate, Rates rates, IOptions<RealtimeCollabOptions> options)
{
    private const string TagForm = "json";

    private readonly int _maxVersions = options.Value.RequestLimits.MaxVersionsPerDocument;

    public async Task<IResult> GetAsync(HttpContext context, string documentId, string? revision)
    {
        var head = (await FindAsync(context, documentId, DocumentRole.Viewer)).Document;
        var wanted = Require.OptionalRevision(revision, "revision") ?? head.Revision;
        if (EntityTags.IsKnown(context, head, wanted, TagForm))
            return EntityTags.NotModified(context, head, wanted, TagForm);
        var state = await history.ReadAsync(documentId, wanted, context.RequestAborted);
        EntityTags.Set(context, head, state.Revision, TagForm);
        return ApiGroup.Json(new DocumentRevision
        {
            DocumentId = head.DocumentId,
            Title = head.Title,
            ContentType = head.ContentType,
            Revision = state.Revision,
            Content = new DocumentContent(state.Document, head.ContentType),
            CreatedAt = head.CreatedAt,
            UpdatedAt = state.UpdatedAt,
        });
    }

    public async Task<IResult> GetOperationsAsync(HttpContext context, string documentId, string? from, string? to, string? limit)
    {
        var head = (await FindAsync(context, documentId, DocumentRole.Viewer)).Document;
        var start = Require.OptionalRevision(from, "from") ?? 0;
        var end = Require.OptionalRevision(to, "to") ?? long.MaxValue;
        if (end < start)
            throw CollabException.InvalidRequest("to must not be less than from.");
        var most = Require.OptionalLimit(limit, usual: LogPages.MaxOperations, LogPages.MaxOperations);
        using var lease = await sessions.OpenAsync(head, context.RequestAborted);
        var (entries, _) = await LogPages.ReadAsync(lease.Session, start, (int)Math.Min(most, end - start), context.RequestAborted);
        if (entries.Count > 0 && entries[^1].Revision is var last && last < Math.Min(end, lease.Session.State.Revision))
            context.Response.Headers.Link = FormattableString.Invariant(
                $"<{context.Request.PathBase}{DocumentRoutes.Path}/{documentId}/operations?from={last}&to={end}&limit={most}>; rel=\"next\"");
        return ApiGroup.Json(entries.ToBatch(documentId, start));
    }

    public async Task<IResult> ListVersionsAsync(HttpContext context, string documentId)
    {
        await FindAsync(context, documentId, DocumentRole.Viewer);
        var versions = await history.ListAsync(documentId, context.RequestAborted);
        return ApiGroup.Json(new DocumentVersions { Versions = [.. versions.Select(ToVersion)] });
    }

    public async Task<IResult> CreateVersionAsync(HttpContext context, string documentId)
    {
        var request = await JsonBody.ReadAsync<CreateVersionRequest>(context);
        Require.VersionName(request.Name);
        Require.NotNegative(request.Revision ?? 0, "revision");
        var versionId = Require.OptionalId(request.VersionId, "versionId") ?? Guid.NewGuid().ToString("N");
        var head = (await FindAsync(context, documentId, DocumentRole.Owner)).Document;
        var revision = request.Revision ?? head.Revision;
        if (await FindVersionAsync(documentId, versionId, context.RequestAborted) is { } there)
            return ApiGroup.Json(ToVersion(there), StatusCodes.Status201Created);
        var version = await history.NameAsync(
            new NewVersion(versionId, documentId, revision, request.Name, CollabIdentity.GetUserId(context.User)), context.RequestAborted);
        return ApiGroup.Json(ToVersion(version), StatusCodes.Status201Created);
    }

    public async Task<IResult> RestoreAsync(HttpContext context, string documentId)
    {
        rates.Operations.Take(CollabIdentity.GetUserId(context.User));
        var request = await JsonBody.ReadAsync<RestoreRequest>(context);
        Require.NotNegative(request.Revision, "revision");
        Require.NotNegative(request.BaseRevision ?? 0, "baseRevision");
        var operationId = request.OperationId ?? Guid.NewGuid().ToString("N");
        Require.OperationId(operationId);
        var grant = await FindAsync(context, documentId, DocumentRole.Editor);
        var baseRevision = request.BaseRevision ?? grant.Document.Revision;
        using var lease = await sessions.OpenAsync(grant.Document, context.RequestAborted);
        var restoration = new Restoration(
            request.Revision, baseRevision, Guid.NewGuid().ToString("N"), CollabIdentity.GetUserId(context.User), operationId) { Actor = grant };
        var submission = await history.PrepareAsync(documentId, restoration, context.RequestAborted);
        await gate.PassAsync(context.User, lease.Session, submission, context.RequestAborted);
        var revision = await lease.Session.SubmitAsync(submission);
        return ApiGroup.Json(new SubmitOperationResult { DocumentId = documentId, OperationId = operationId, Revision = revision });
    }

    /// <summary>The version that a call which is sent again has made before; null: it is new, and there is room for it.</summary>
    private async Task<NamedVersion?> FindVersionAsync(string documentId, string versionId, CancellationToken cancellationToken)
    {
        var all = await history.ListAsync(documentId, cancellationToken);
        if (all.FirstOrDefault(version => version.VersionId == versionId) is { } there)
            return there;
        return _maxVersions == 0 || all.Count < _maxVersions
            ? null
            : throw CollabException.InvalidRequest($"The document has {all.Count} versions; {_maxVersions} are allowed.");
    }

    private ValueTask<DocumentGrant> FindAsync(HttpContext context, string documentId, DocumentRole needed)
    {
        Require.DocumentId(documentId);
        return roles.RequireAsync(context.User, documentId, needed, context.RequestAborted);
    }

    private static DocumentVersion ToVersion(NamedVersion version) => new()
    {
        VersionId = version.VersionId,
        Revision = version.Revision,
        Name = version.Name,
        CreatedBy = version.CreatedBy,
        CreatedAt = version.CreatedAt,
    };
}
