using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Formats;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.History;

namespace RealtimeCollab.Server.Http;

/// <summary>Documents as files.</summary>
internal sealed class FormatApi(
    DocumentRoles roles,
    DocumentHistory history,
    DocumentSessions sessions,
    DocumentCreation creation,
    OperationGate gate,
    Rates rates,
    IOptions<RealtimeCollabOptions> options)
{
    /// <summary>A code unit takes three bytes of UTF-8 at the most, and escapes take more: whoever writes many has to write less.</summary>
    private const int BytesForCodeUnit = 4;

    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ServerLimits _limits = options.Value.Limits;

    public async Task<IResult> ExportAsync(HttpContext context, string documentId, string? format, string? revision)
    {
        Require.DocumentId(documentId);
        var form = DocumentFormat.Find(format);
        var head = (await roles.RequireAsync(context.User, documentId, DocumentRole.Viewer, context.RequestAborted)).Document;
        var state = await history.ReadAsync(documentId, Require.OptionalRevision(revision, "revision") ?? head.Revision, context.RequestAborted);
        if (EntityTags.IsKnown(context, head, state.Revision, form.Name))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var headers = context.Response.Headers;
        // whatever a browser makes of it, it runs nothing
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; sandbox";
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{documentId}.{form.Extension}" }.ToString();
        return Results.Text(form.Write(state.Document, head.Title ?? head.DocumentId), form.MediaType, Encoding.UTF8);
    }

    /// <summary>Writes a file into a new document, or in place of what is in a document: as an edit, beside which those of others stay.</summary>
    public async Task<IResult> ImportAsync(HttpContext context, string documentId, string? format, string? baseRevision, string? operationId)
    {
        Require.DocumentId(documentId);
        var userId = CollabIdentity.GetUserId(context.User);
        rates.Imports.Take(userId);
        var form = DocumentFormat.Find(format);
        var read = form.Read ?? throw CollabException.InvalidRequest($"{form.Name} is written, not read.");
        var since = Require.OptionalRevision(baseRevision, "baseRevision");
        var id = string.IsNullOrEmpty(operationId) ? Guid.NewGuid().ToString("N") : operationId;
        Require.OperationId(id);
        var imported = Document.Empty.Apply(read(await ReadAsync(context)));
        var type = form.Name == "text" ? ContentType.Text : ContentType.RichText;
        var isNew = since is null && await creation.TryCreateAsync(context.User, documentId, type, title: null, imported, context.RequestAborted);
        var grant = await roles.RequireAsync(context.User, documentId, DocumentRole.Editor, context.RequestAborted);
        if (isNew)
            return ToResult(documentId, id, grant.Document.Revision, StatusCodes.Status201Created);
        using var lease = await sessions.OpenAsync(grant.Document, context.RequestAborted);
        var start = since is { } given ? await history.ReadAsync(documentId, given, context.RequestAborted) : lease.Session.State;
        var change = DocumentDiff.Compute(start.Document, imported);
        if (change.IsNoop)
            return ToResult(documentId, id, start.Revision, StatusCodes.Status200OK);
        var submission = new Submission
        {
            ClientId = Guid.NewGuid().ToString("N"),
            UserId = userId,
            OperationId = id,
            BaseRevision = start.Revision,
            Operation = change,
            Actor = grant,
        };
        await gate.PassAsync(context.User, lease.Session, submission, context.RequestAborted);
        var revision = await lease.Session.SubmitAsync(submission);
        return ToResult(documentId, id, revision, StatusCodes.Status200OK);
    }

    private static IResult ToResult(string documentId, string operationId, long revision, int status) =>
        ApiGroup.Json(new SubmitOperationResult { DocumentId = documentId, OperationId = operationId, Revision = revision }, status);

    private async Task<string> ReadAsync(HttpContext context)
    {
        var most = (int)Math.Min(int.MaxValue, (long)_limits.MaxDocumentLength * BytesForCodeUnit);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most;
        try
        {
            using var reader = new StreamReader(context.Request.Body, StrictUtf8, detectEncodingFromByteOrderMarks: false);
            var text = await reader.ReadToEndAsync(context.RequestAborted);
            return text.StartsWith(ByteOrderMark) ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            throw CollabException.InvalidRequest("The body is not UTF-8.");
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw CollabException.BodyTooLarge(most);
        }
    }
}
