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

    /// <summary>Sets the answer's tag, and says whether the caller has that already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="head">The document.</param>
    /// <param name="revision">What is answered.</param>
    /// <param name="form">In which form.</param>
    public static bool IsKnown(HttpContext context, DocumentHead head, long revision, string form)
    {
        var title = head.Title is null ? "" : "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head.Title)).AsSpan(0, TitleBytes));
        var tag = new EntityTagHeaderValue(FormattableString.Invariant($"\"{form}-{revision}{title}\""));
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
    }
}
