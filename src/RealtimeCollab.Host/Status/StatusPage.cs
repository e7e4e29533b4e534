using System.Security.Cryptography;
using System.Text;

namespace RealtimeCollab.Host.Status;

/// <summary>A page for operators at <c>/status</c>: it holds nothing itself, and shows what <c>GET /api/stats</c> gives to administrators.</summary>
internal static class StatusPage
{
    public const string Path = "/status";

    public static void MapStatusPage(this IEndpointRouteBuilder endpoints)
    {
        var page = Read();
        // the page's own script and style by their hashes, and nothing else from anywhere
        var policy = $"default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; " +
            $"script-src '{HashOf(page, "script")}'; style-src '{HashOf(page, "style")}'";
        endpoints.MapGet(Path, (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Content(page, "text/html; charset=utf-8");
        });
    }

    private static string Read()
    {
        using var stream = typeof(StatusPage).Assembly.GetManifestResourceStream("status.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string HashOf(string page, string element)
    {
        var start = page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var end = page.IndexOf($"</{element}>", start, StringComparison.Ordinal);
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[start..end])))}";
    }
}
