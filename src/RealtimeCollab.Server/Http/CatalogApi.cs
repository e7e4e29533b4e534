using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Http;

/// <summary>Which documents there are: lists, creates, names and deletes them.</summary>
internal sealed class CatalogApi(
    IDocumentCatalog catalog,
    DocumentRoles roles,
    DocumentCreation creation,
    DocumentDeletion deletion,
    PageMarks marks,
    IDocumentAuthorizer authorizer,
    IOptions<RealtimeCollabOptions> options)
{
    private const int UsualPage = 50;
    private const int MaxPage = 200;

    /// <summary>Documents that one request looks at, when an application's authorizer hides most of them.</summary>
    private const int MaxScan = 1_000;

    private const int MadeIdBytes = 16;

    /// <summary>By membership alone the store knows who may read; else each document has to be asked about.</summary>
    private readonly bool _isByMembership = authorizer is MembershipAuthorizer && options.Value.Access.DefaultRole < DocumentRole.Viewer;
    private readonly int _maxContentBytes = options.Value.Limits.MaxOperationBytes;

    public async Task<IResult> ListAsync(HttpContext context, string? after, string? limit)
    {
        var last = PageMarks.IsMark(after) ? marks.Read(after!) : Require.OptionalId(after, "after") ?? string.Empty;
        var size = Require.OptionalLimit(limit, UsualPage, MaxPage);
        var memberId = _isByMembership ? CollabIdentity.GetUserId(context.User) : null;
        // where most are hidden, small pages would be many queries
        var pageSize = _isByMembership ? size : MaxPage;
        var found = new List<DocumentSummary>();
        for (var scanned = 0; scanned < MaxScan; scanned += pageSize)
        {
            var page = await catalog.ListAsync(last, pageSize, memberId, context.RequestAborted);
            foreach (var head in page)
            {
                last = head.DocumentId;
                if (await roles.AskAsync(context.User, head, context.RequestAborted) is >= DocumentRole.Viewer and var role)
                    found.Add(ToSummary(head, role));
                if (found.Count == size)
                    return Page(found, last);
            }

            if (page.Count < pageSize)
                return Page(found, next: null);
        }

        // the last one looked at may be one that the caller is not to know of
        return Page(found, found.Count > 0 && found[^1].DocumentId == last ? last : marks.Write(last));
    }

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync<CreateDocumentRequest>(context, JsonBody.MaxBytes + _maxContentBytes);
        var documentId = Require.OptionalId(request.DocumentId, "documentId") ?? MakeId(context);
        var type = request.ContentType ?? request.Content?.ContentType ?? ContentType.Text;
        var isNew = await creation.TryCreateAsync(
            context.User, documentId, type, Require.OptionalTitle(request.Title), request.Content?.Document, context.RequestAborted);
        var summary = await FindAsync(context.User, documentId, DocumentRole.Viewer, context.RequestAborted);
        if (isNew)
            context.Response.Headers.Location = $"{context.Request.PathBase}{DocumentRoutes.Path}/{documentId}";
        return ApiGroup.Json(summary, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public async Task<IResult> UpdateAsync(HttpContext context, string documentId)
    {
        Require.DocumentId(documentId);
        var title = Require.OptionalTitle((await JsonBody.ReadAsync<UpdateDocumentRequest>(context)).Title);
        var grant = await roles.RequireAsync(context.User, documentId, DocumentRole.Editor, context.RequestAborted);
        if (!await catalog.SetTitleAsync(documentId, grant.Document.Incarnation, title, context.RequestAborted))
            throw CollabException.DocumentNotFound(documentId);
        return ApiGroup.Json(ToSummary(grant.Document with { Title = title }, grant.Role));
    }

    public async Task<IResult> DeleteAsync(HttpContext context, string documentId)
    {
        Require.DocumentId(documentId);
        var head = (await roles.RequireAsync(context.User, documentId, DocumentRole.Owner, context.RequestAborted)).Document;
        if (!await deletion.TryDeleteAsync(head, CollabIdentity.GetUserId(context.User), context.RequestAborted))
            throw CollabException.DocumentNotFound(documentId);
        return Results.NoContent();
    }

    private async ValueTask<DocumentSummary> FindAsync(ClaimsPrincipal user, string documentId, DocumentRole needed, CancellationToken cancellationToken)
    {
        var grant = await roles.RequireAsync(user, documentId, needed, cancellationToken);
        return ToSummary(grant.Document, grant.Role);
    }

    /// <summary>With a key, the same id for the same user each time: what is sent again finds what it created.</summary>
    private static string MakeId(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return RandomNumberGenerator.GetHexString(MadeIdBytes * 2, lowercase: true);
        Require.Key(key, "Idempotency-Key");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{CollabIdentity.GetUserId(context.User)}\n{key}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, MadeIdBytes));
    }

    private static IResult Page(List<DocumentSummary> documents, string? next) => ApiGroup.Json(new DocumentPage { Documents = documents, Next = next });

    private static DocumentSummary ToSummary(DocumentHead head, DocumentRole role) => new()
    {
        DocumentId = head.DocumentId,
        Title = head.Title,
        ContentType = head.ContentType,
        Revision = head.Revision,
        Role = role,
        CreatedBy = head.CreatedBy,
        CreatedAt = head.CreatedAt,
        UpdatedAt = head.UpdatedAt,
    };
}
