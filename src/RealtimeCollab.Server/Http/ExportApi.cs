using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Formats;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions.History;

namespace RealtimeCollab.Server.Http;

/// <summary>Documents as files that are written.</summary>
internal sealed class ExportApi(DocumentRoles roles, DocumentHistory history)
{
    public async Task<IResult> ExportAsync(HttpContext context, string documentId, string? format, string? revision)
    {
        Require.DocumentId(documentId);
        var form = DocumentFormat.Find(format);
        var head = (await roles.RequireAsync(context.User, documentId, DocumentRole.Viewer, context.RequestAborted)).Document;
        var wanted = Require.OptionalRevision(revision, "revision") ?? head.Revision;
        if (EntityTags.IsKnown(context, head, wanted, form.Name))
            return EntityTags.NotModified(context, head, wanted, form.Name);
        var state = await history.ReadAsync(documentId, wanted, context.RequestAborted);
        EntityTags.Set(context, head, state.Revision, form.Name);
        var headers = context.Response.Headers;
        // whatever a browser makes of it, it runs nothing
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; sandbox";
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{documentId}.{form.Extension}" }.ToString();
        var pieces = form.Write(state.Document, head.Title ?? head.DocumentId);
        return Results.Stream(body => WriteAsync(pieces, body, context.RequestAborted), $"{form.MediaType}; charset=utf-8");
    }

    /// <summary>The next piece is made when there is room for it: who reads slowly, or not at all, takes no more memory than one.</summary>
    private static async Task WriteAsync(IEnumerable<string> pieces, Stream body, CancellationToken cancellationToken)
    {
        foreach (var piece in pieces)
            await body.WriteAsync(Encoding.UTF8.GetBytes(piece), cancellationToken);
    }
}
