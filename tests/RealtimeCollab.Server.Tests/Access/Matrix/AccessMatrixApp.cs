using System.Net;
using System.Text;
using System.Text.Json;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Access.Matrix;

/// <summary>One server for all rows of the table; each row works on a document of its own.</summary>
public sealed class AccessMatrixApp : IAsyncLifetime
{
    private int _scenes;

    internal TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(new TestAppOptions
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RealtimeCollab:Auth:SigningKey"] = TestTokens.Key,
            ["RealtimeCollab:Auth:Audience"] = AccessScene.Audience,
            ["RealtimeCollab:Limits:MessagesPerSecond"] = "0",
            ["RealtimeCollab:Limits:RequestsPerSecondPerUser"] = "0",
        },
    });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    internal Task<AccessScene> MakeSceneAsync() => AccessScene.MakeAsync(App, $"row-{Interlocked.Increment(ref _scenes)}");

    /// <summary>The answer as a cell of the table has it.</summary>
    internal async Task<string> AskAsync(string call, string caller, AccessScene scene) => call.Contains(' ', StringComparison.Ordinal)
        ? await AskHttpAsync(call, caller, scene)
        : await AskHubAsync(call, caller, scene);

    private async Task<string> AskHubAsync(string call, string caller, AccessScene scene)
    {
        var hub = call[..call.IndexOf("Hub.", StringComparison.Ordinal)].ToLowerInvariant();
        if (await NegotiateAsync(hub, AccessScene.TokenOf(caller)) is not HttpStatusCode.OK and var refused)
            return ((int)refused).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var client = await AccessScene.ConnectAsync(App, caller, hub);
        if (AccessCalls.MethodBefore(call) is { } before)
            await TryAsync(client, $"{call[..call.IndexOf('.', StringComparison.Ordinal)]}.{before}", scene);
        return await TryAsync(client, call, scene);
    }

    private static async Task<string> TryAsync(RawHubClient client, string call, AccessScene scene)
    {
        try
        {
            await client.InvokeAsync(call[(call.IndexOf('.', StringComparison.Ordinal) + 1)..], AccessCalls.ArgumentOf(call, scene));
            return "ok";
        }
        catch (HubCallException refusal)
        {
            return refusal.Code.Length > 0 ? refusal.Code : refusal.Message;
        }
    }

    private async Task<HttpStatusCode> NegotiateAsync(string hub, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hubs/{hub}/negotiate?negotiateVersion=1");
        return await SendAsync(request, token);
    }

    private async Task<string> AskHttpAsync(string call, string caller, AccessScene scene)
    {
        var (method, address) = (call[..call.IndexOf(' ', StringComparison.Ordinal)], call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        using var request = new HttpRequestMessage(new HttpMethod(method), scene.Fill(address));
        if (method is not ("GET" or "DELETE"))
            request.Content = new StringContent(JsonSerializer.Serialize(AccessCalls.ArgumentOf(call, scene), JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        var status = (int)await SendAsync(request, AccessScene.TokenOf(caller));
        return status is >= 200 and < 300 ? "ok" : status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, string? token)
    {
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        // what follows the head may be without end
        using var response = await App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
