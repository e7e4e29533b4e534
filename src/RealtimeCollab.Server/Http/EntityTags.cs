using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Http;

/// <summary>Tells callers that have a document's revision that it is still the same: a revision never stands for two contents.</summary>
internal static class EntityTags
{
    private const int TitleBytes = 4;

    /// <summary>Whether the caller has a revision that there is already, so that it need not be read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="head">The document.</param>
    /// <param name="revision">What is asked for.</param>
    /// <param name="form">In which form.</param>
    public static bool IsKnown(HttpContext context, DocumentHead head, long revision, string form)
    {
        if (revision < head.StartRevision || revision > head.Revision)
            return false;
        var tag = Of(head, revision, form);
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
    }

    /// <summary>The answer to a caller who has it.</summary>
    public static IResult NotModified(HttpContext context, DocumentHead head, long revision, string form)
    {
        Set(context, head, revision, form);
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }

    /// <summary>Sets the answer's tag.</summary>
    public static void Set(HttpContext context, DocumentHead head, long revision, string form)
    {
        context.Response.GetTypedHeaders().ETag = Of(head, revision, form);
        context.Response.Headers.CacheControl = "private, no-cache";
    }

    private static EntityTagHeaderValue Of(DocumentHead head, long revision, string form)
    {
        var title = head.Title is null ? "" : "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head.Title)).AsSpan(0, TitleBytes));
        return new EntityTagHeaderValue(FormattableString.Invariant($"\"{form}-{revision}{title}\""));
    }
}
