using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RealtimeCollab.Server.Followers;

/// <summary>How every answer to an EventSource begins. One that ends there says not now: at an error's status an EventSource gives up for good.</summary>
internal static class EventResponse
{
    private const int MinRetry = 1000;
    private const int MaxRetry = 3000;

    /// <summary>The headers, and how soon to come back; not all at once when a server with thousands of followers goes.</summary>
    public static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // who is slow is decided here, and not by the web server's own rule
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var retry = EventText.Retry(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MinRetry, MaxRetry)));
        await context.Response.BodyWriter.WriteAsync(retry.Bytes, context.RequestAborted);
    }
}
