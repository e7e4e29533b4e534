using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
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

/// <summary>Documents as files that are read.</summary>
internal sealed class ImportApi(
    DocumentRoles roles,
    DocumentHistory history,
    DocumentSessions sessions,
    DocumentCreation creation,
    OperationGate gate,
    Rates rates,
    ImportSeats seats,
    IOptions<RealtimeCollabOptions> options)
{
    /// <summary>A code unit takes three bytes of UTF-8 at the most, and escapes take more: whoever writes many has to write less.</summary>
    private const int BytesForCodeUnit = 4;

    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ServerLimits _limits = options.Value.Limits;
    private readonly int _maxMarkdownBytes = options.Value.RequestLimits.MaxMarkdownBytes;

    /// <summary>Writes a file into a new document, or in place of what is in a document: as an edit, beside which those of others stay.</summary>
    public async Task<IResult> ImportAsync(HttpContext context, string documentId, string? format, string? baseRevision, string? operationId)
    {
        Require.DocumentId(documentId);
        var userId = CollabIdentity.GetUserId(context.User);
        rates.Imports.Take(userId);
        using var seat = seats.Take(userId);
        var form = DocumentFormat.Find(format);
        var read = form.Read ?? throw CollabException.InvalidRequest($"{form.Name} is written, not read.");
        var since = Require.OptionalRevision(baseRevision, "baseRevision");
        var id = string.IsNullOrEmpty(operationId) ? Guid.NewGuid().ToString("N") : operationId;
        Require.OperationId(id);
        await RequireEditorOrCreatorAsync(context, documentId, mayBeNew: since is null);
        var file = await ReadAsync(context, form);
        using var work = await seats.WorkAsync(context.RequestAborted);
        var imported = Document.Empty.Apply(read(file, context.RequestAborted));
        creation.CheckSize(imported);
        var type = form.Name == "text" ? ContentType.Text : ContentType.RichText;
        // the body may have been long on its way: what the user may is asked for anew
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

    /// <summary>Nothing is read for who may not write it.</summary>
    private async ValueTask RequireEditorOrCreatorAsync(HttpContext context, string documentId, bool mayBeNew)
    {
        try
        {
            await roles.RequireAsync(context.User, documentId, DocumentRole.Editor, context.RequestAborted);
        }
        catch (CollabException missing) when (mayBeNew && missing.Error == CollabError.DocumentNotFound)
        {
            await creation.RequireMayCreateAsync(context.User, documentId, context.RequestAborted);
        }
    }

    private static IResult ToResult(string documentId, string operationId, long revision, int status) =>
        ApiGroup.Json(new SubmitOperationResult { DocumentId = documentId, OperationId = operationId, Revision = revision }, status);

    private async Task<string> ReadAsync(HttpContext context, DocumentFormat form)
    {
        var most = (int)Math.Min(form.Name == "markdown" ? _maxMarkdownBytes : int.MaxValue, (long)_limits.MaxDocumentLength * BytesForCodeUnit);
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
