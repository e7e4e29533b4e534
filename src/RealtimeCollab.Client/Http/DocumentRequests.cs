using System.Net.Http.Json;
using System.Text.Json;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.Client.Http;

/// <summary>Requests about one document to the server's HTTP interface.</summary>
/// <param name="http">Has the server's address, and authorizes.</param>
/// <param name="documentId">Which document.</param>
internal sealed class DocumentRequests(HttpClient http, string documentId)
{
    /// <exception cref="CollabClientException">The server refused, or did not answer.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, body: null, cancellationToken);

    /// <exception cref="CollabClientException">The server refused, or did not answer; then the outcome is unknown.</exception>
    public Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, path, JsonContent.Create(body, body.GetType(), options: ProtocolJson.Options), cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"api/documents/{Uri.EscapeDataString(documentId)}{path}") { Content = body };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);

            var answer = await response.Content.ReadFromJsonAsync<T>(ProtocolJson.Options, cancellationToken).ConfigureAwait(false);
            return answer ?? throw new JsonException("The server answered with nothing.");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw CollabClientException.Lost(error);
        }
    }

    /// <summary>Problem details, which carry the same codes as the hubs do.</summary>
    private static async Task<CollabClientException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return new CollabClientException(ErrorCodes.OperationFailed, $"The server answered with status {(int)response.StatusCode}.");

        var problem = await response.Content.ReadFromJsonAsync<Problem>(ProtocolJson.Options, cancellationToken).ConfigureAwait(false);
        return new CollabClientException(
            problem?.Code ?? ErrorCodes.OperationFailed, problem?.Detail ?? problem?.Title ?? $"The server answered with status {(int)response.StatusCode}.");
    }

    private sealed record Problem(string? Code, string? Title, string? Detail);
}
