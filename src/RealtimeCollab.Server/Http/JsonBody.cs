using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Http;

/// <summary>Bodies of requests, in the JSON of the contract.</summary>
internal static class JsonBody
{
    /// <summary>Names and ids need no more, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">How large the body may be.</param>
    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>, <see cref="CollabError.InvalidOperation"/> for content that
    /// no document can hold, or <see cref="CollabError.PayloadTooLarge"/>.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, int maxBytes = MaxBytes)
        where T : class
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maxBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ProtocolJson.Options, context.RequestAborted)
                ?? throw CollabException.InvalidRequest("The body is a JSON object.");
        }
        catch (JsonException unreadable)
        {
            throw CollabException.InvalidRequest($"The body cannot be read: {unreadable.Path ?? "it is no JSON"}.");
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw CollabException.BodyTooLarge(maxBytes);
        }
        catch (BadHttpRequestException)
        {
            throw CollabException.InvalidRequest("The body ended early.");
        }
    }
}
