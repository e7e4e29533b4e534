using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Http;

/// <summary>The HTTP API as one user calls it.</summary>
internal sealed class ApiClient(HttpClient http, string token)
{
    public static async Task<ApiClient> OfAsync(TestApp app, string userId) => new(app.Http, await app.GetTokenAsync(userId));

    /// <summary>Asks below <c>/api/documents/</c>, or sends JSON there.</summary>
    public Task<(HttpStatusCode Status, JsonObject Answer)> CallAsync(string path, string? body = null, string? origin = null) =>
        SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, $"/api/documents/{path}", body, origin);

    /// <summary>Any request; an answer without a body is an empty object.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(HttpMethod method, string address, string? body = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? [] : (JsonObject)JsonNode.Parse(text)!);
    }

    public async Task<JsonObject> GetAsync(string path)
    {
        var (status, answer) = await CallAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }
}
