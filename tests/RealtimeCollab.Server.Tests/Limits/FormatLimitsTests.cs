using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Limits;

/// <summary>What attributes may hold, which a document says again for each stretch of its text.</summary>
public sealed class FormatLimitsTests
{
    private const int Places = 6000;

    [Fact]
    public async Task Operation_ThatIsLargeOnceItsListIsComposed_IsRefusedAndChangesNothing()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await StartAsync(app);

        var list = new JsonArray(Stretches(), new JsonArray(Format(Places, "y", 4000)));
        Assert.Equal("payload_too_large", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, list)));

        Assert.Equal(0, (int)(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d"))["revision"]!);
    }

    [Fact]
    public async Task Attributes_ThatAreTooLong_AreNoOperation()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await StartAsync(app);

        Assert.Equal("invalid_operation", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray(Format(1, "y", 250_000)))));

        var error = await ada.NextAsync("Error");
        Assert.Equal("attributes-length", (string?)error["details"]);
    }

    [Fact]
    public async Task Formats_ThatAllStretchesOfADocumentWouldHave_AreRefusedBeyondTheLimit()
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(TimeProvider.System, ("MaxFormatWeight", "10000000")));
        await using var ada = await StartAsync(app);
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, Stretches()));
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(Format(Places, "y", 1000))));

        Assert.Equal("document_too_large", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 2, new JsonArray(Format(Places, "z", 1000)))));
        Assert.Equal("formats", (string?)(await ada.NextAsync("Error"))["details"]);

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 2, new JsonArray("x")));
        Assert.Equal(3, (int)(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d"))["revision"]!);
    }

    [Theory]
    [InlineData("", """{"documentId":"n","contentType":"richText","content":[{"insert":"x","attributes":{"link":"http://a.example"}}]}""")]
    [InlineData("n/import?format=delta", """{"ops":[{"insert":"x","attributes":{"link":"http://a.example"}}]}""")]
    [InlineData("n/import?format=markdown", "[x](http://a.example)")]
    public async Task Document_ThatBeginsWithMoreFormatsThanItMayHave_IsNotMade(string path, string body)
    {
        await using var app = await TestApp.StartAsync(LimitedApp.With(TimeProvider.System, ("MaxFormatWeight", "20")));
        var ada = await ApiClient.OfAsync(app, "ada");

        var (status, problem) = await ada.CallAsync(path, body);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "document_too_large"), (status, (string?)problem["code"]));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.CallAsync("n")).Status);
    }

    private static async Task<RawHubClient> StartAsync(TestApp app)
    {
        var client = await app.ConnectAsync("ada");
        await client.InvokeAsync("StartEditing", new { documentId = "d", contentType = "richText" });
        return client;
    }

    /// <summary>Text that is a stretch of its own at each code unit.</summary>
    private static JsonArray Stretches() =>
        [.. Enumerable.Range(0, Places).Select(i => i % 2 == 0 ? (JsonNode)"a" : new JsonObject { ["insert"] = "b", ["attributes"] = new JsonObject { ["x"] = 1 } })];

    private static JsonObject Format(int places, string name, int length) =>
        new() { ["retain"] = places, ["attributes"] = new JsonObject { [name] = new string('v', length) } };
}
