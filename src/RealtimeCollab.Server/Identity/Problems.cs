using Microsoft.AspNetCore.Http;

namespace RealtimeCollab.Server.Identity;

/// <summary>Refusals over HTTP: problem details of RFC 9457 with the contract's code.</summary>
internal static class Problems
{
    public static IResult Create(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });

    public static Task WriteAsync(HttpContext context, int status, string code, string detail) =>
        Create(status, code, detail).ExecuteAsync(context);
}
