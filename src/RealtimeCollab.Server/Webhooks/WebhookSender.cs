using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>One attempt to tell an endpoint: a signed request, of whose answer the status counts and nothing else is read.</summary>
internal sealed class WebhookSender(IHttpClientFactory clients, WebhookOptions options, TimeProvider time)
{
    /// <summary>The name of the client, for applications that want to change its handler.</summary>
    public const string ClientName = "RealtimeCollab.Webhooks";

    /// <summary>What of an answer is taken from the line so that the connection can be used again; with more in it the connection is closed.</summary>
    public const int MaxAnswerBytes = 16 * 1024;

    public async Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, WebhookEvent happened, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(endpoint, happened);
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return AnswerOf(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WebhookAnswer.Failed("timeout");
        }
        catch (HttpRequestException failure)
        {
            return WebhookAnswer.Failed(failure.HttpRequestError.ToString());
        }
    }

    private HttpRequestMessage CreateRequest(WebhookEndpoint endpoint, WebhookEvent happened)
    {
        var body = WebhookMessage.Write(happened);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", happened.EventId);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', endpoint.Secrets.Select(secret => secret.Sign(happened.EventId, timestamp, body))));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("RealtimeCollab", productVersion: null));
        return request;
    }

    private WebhookAnswer AnswerOf(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return WebhookAnswer.Delivered;
        var failure = string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}");
        return response.StatusCode == HttpStatusCode.Gone ? WebhookAnswer.Gone(failure) : WebhookAnswer.Failed(failure, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
}

/// <summary>What became of an attempt.</summary>
/// <param name="Failure">Why it failed; null: the endpoint has taken it.</param>
/// <param name="IsFinal">It is not to be tried again.</param>
/// <param name="RetryAfter">When the endpoint would like to be asked again.</param>
internal sealed record WebhookAnswer(string? Failure, bool IsFinal, TimeSpan? RetryAfter)
{
    public static WebhookAnswer Delivered { get; } = new(Failure: null, IsFinal: true, RetryAfter: null);

    public static WebhookAnswer Failed(string failure, TimeSpan? retryAfter = null) => new(failure, IsFinal: false, retryAfter);

    public static WebhookAnswer Gone(string failure) => new(failure, IsFinal: true, RetryAfter: null);
}
