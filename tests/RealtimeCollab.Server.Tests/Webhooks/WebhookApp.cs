using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>What tests of webhooks have in common.</summary>
internal static class WebhookApp
{
    public const string Section = "RealtimeCollab:Webhooks:";

    /// <summary>Changes are told almost at once, and attempts repeated soon.</summary>
    public static readonly (string Name, string Value)[] Quick = [("QuietTime", "00:00:00.100"), ("FirstRetry", "00:00:00.100"), ("LongestRetry", "00:00:00.500")];

    /// <summary>A server in which everyone edits and that tells these endpoints everything.</summary>
    public static TestAppOptions Telling(IEnumerable<(string Name, string Url)> endpoints, params IEnumerable<(string Name, string Value)> settings) => new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Access:DefaultRole"] = "editor" }
            .Concat(Of(endpoints, settings)).ToDictionary(StringComparer.Ordinal),
    };

    /// <inheritdoc cref="Telling(IEnumerable{ValueTuple{string, string}}, IEnumerable{ValueTuple{string, string}})"/>
    public static TestAppOptions Telling(WebhookReceiver receiver, params IEnumerable<(string Name, string Value)> settings) =>
        Telling([("crm", receiver.Url)], settings);

    /// <summary>The settings alone.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(
        IEnumerable<(string Name, string Url)> endpoints, IEnumerable<(string Name, string Value)> settings) =>
    [
        .. endpoints.SelectMany(endpoint => new[]
        {
            KeyValuePair.Create($"{Section}Endpoints:{endpoint.Name}:Url", endpoint.Url),
            KeyValuePair.Create($"{Section}Endpoints:{endpoint.Name}:Secret", WebhookReceiver.Secret),
        }),
        .. settings.Select(setting => KeyValuePair.Create(Section + setting.Name, setting.Value)),
    ];

    /// <summary>Appends letters at the head of a document that the client edits; they are acknowledged when this returns.</summary>
    public static async Task TypeAsync(this RawHubClient client, string documentId, long baseRevision, int letters = 1)
    {
        for (var letter = 0; letter < letters; letter++)
            await client.InvokeAsync("SubmitOperation", Requests.Submit(documentId, baseRevision + letter, new JsonArray("x")));
    }

    /// <summary>Waits for something that nobody tells of.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience.Limit);
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    /// <summary>Dead letters, as soon as there are so many.</summary>
    public static async Task<JsonArray> DeadLettersAsync(this ApiClient admin, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience.Limit);
        while (true)
        {
            var (status, answer) = await admin.SendAsync(HttpMethod.Get, "/api/webhooks/dead-letters");
            Assert.Equal(HttpStatusCode.OK, status);
            if (answer["deadLetters"]!.AsArray() is var letters && letters.Count >= count)
                return letters;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public static async Task<ApiClient> AdministratorAsync(this TestApp app) => new(app.Http, await app.GetTokenAsync("root", role: "admin"));

    public static async Task<RawHubClient> EditAsync(this TestApp app, string userId, params string[] documentIds)
    {
        var client = await app.ConnectAsync(userId);
        foreach (var documentId in documentIds)
            await client.InvokeAsync("StartEditing", new { documentId });
        return client;
    }
}
