using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Documents;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>The official JavaScript client with its official protocols, against the real server over real sockets.</summary>
public sealed class OfficialClientTests
{
    [Theory]
    [InlineData("json", "messagepack")]
    [InlineData("messagepack", "json")]
    [InlineData("messagepack", "messagepack")]
    public async Task DocumentHub_DrivenByTwo_AnswersEveryMethodAndCallsBackBoth(string adasProtocol, string gracesProtocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await NpmHubClient.ConnectAsync(app, "ada", adasProtocol);
        await using var grace = await NpmHubClient.ConnectAsync(app, "grace", gracesProtocol);

        var created = await ada.InvokeAsync("StartEditing", new { documentId = "d", contentType = "richText", initialText = "Hello 😀" });
        AssertMembers("""{"documentId":"d","contentType":"richText","revision":1,"content":["Hello 😀"],"operations":[],"role":"owner"}""", created);
        var joined = await grace.InvokeAsync("Subscribe", new { documentId = "d" });
        AssertMembers("""{"revision":1,"content":["Hello 😀"],"role":"editor","readOnly":true}""", joined);
        AssertMembers("""{"documentId":"d"}""", await ada.NextAsync("UserJoined"));
        AssertMembers("""{"documentId":"d","readerCount":1,"writerCount":1}""", await grace.NextAsync("SessionInfo"));

        const string operation = """[{"retain":5,"attributes":{"bold":true,"size":1.5}},3,"漢",{"insert":{"image":"a.png"},"attributes":{"wide":false}}]""";
        var saved = await ada.InvokeJsonAsync("SubmitOperation", $$"""{"documentId":"d","operationId":"a1","baseRevision":1,"operation":{{operation}}}""");
        AssertMembers("""{"documentId":"d","operationId":"a1","revision":2}""", saved);
        foreach (var client in new[] { ada, grace })
        {
            var applied = await client.NextAsync("OperationsApplied");
            AssertMembers("""{"documentId":"d","fromRevision":1}""", applied);
            AssertMembers($$"""{"revision":2,"userId":"ada","operationId":"a1","operation":{{operation}}}""", applied["operations"]![0]);
        }

        await ada.InvokeAsync("UpdateSelection", new { documentId = "d", revision = 2, selection = new { ranges = new[] { new { anchor = 1, head = 3 } } } });
        var selections = await grace.NextAsync("SelectionsChanged");
        AssertMembers("""{"clientId":"ada","selection":{"ranges":[{"anchor":1,"head":3}]}}""", selections["selections"]![0]);

        var log = await grace.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = 0 });
        Assert.Equal(2, log!["operations"]!.AsArray().Count);
        AssertMembers("""{"heads":{"d":2}}""", await ada.InvokeAsync("Heartbeat", new { documentIds = new[] { "d" } }));

        Assert.Null(await grace.InvokeAsync("Unsubscribe", new { documentId = "d" }));
        AssertMembers("""{"documentId":"d"}""", await ada.NextAsync("UserLeft"));
        Assert.Null(await ada.InvokeAsync("StopEditing", new { documentId = "d" }));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task BadInput_OverEitherProtocol_GetsItsCodeAndChangesNothing(string protocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await NpmHubClient.ConnectAsync(app, "alice", protocol);
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = BadInput.Text });

        var wrong = new List<string>();
        foreach (var (operation, code, reason) in BadInput.Operations)
        {
            var refused = await client.InvokeJsonRefusedAsync(
                "SubmitOperation", $$"""{"documentId":"d","operationId":"op","baseRevision":1,"operation":{{operation}}}""");
            if (refused != code)
                wrong.Add($"{operation}: {refused}, not {code}");
            if (reason is not null)
                await client.NextAsync("Error", error => (string?)error["details"] == reason);
        }

        foreach (var (method, argument, code) in BadInput.Calls)
        {
            var refused = await client.InvokeJsonRefusedAsync(method, argument);
            if (refused != code)
                wrong.Add($"{method} {argument}: {refused}, not {code}");
        }

        Assert.Empty(wrong);
        AssertMembers($$"""{"content":"{{BadInput.Text}}","revision":1}""", await client.InvokeAsync("Subscribe", new { documentId = "d" }));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Operation_OverTheLimit_IsPayloadTooLarge(string protocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await NpmHubClient.ConnectAsync(app, "alice", protocol);
        await client.InvokeAsync("StartEditing", new { documentId = "d" });

        // two brackets and two quotes make it the limit, or one more
        var largest = Requests.Submit("d", 0, new JsonArray(new string('x', 512 * 1024 - 4)));
        Assert.Equal(1, (long)(await client.InvokeAsync("SubmitOperation", largest))!["revision"]!);
        var tooLarge = Requests.Submit("d", 1, new JsonArray(new string('y', 512 * 1024 - 3)));
        Assert.Equal("payload_too_large", await client.InvokeJsonRefusedAsync("SubmitOperation", tooLarge.ToJsonString()));
    }

    /// <summary>Checks the members that are named, each whole, or for an object its own named members.</summary>
    private static void AssertMembers(string expected, JsonNode? actual)
    {
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            if (value is JsonObject && actual![name] is JsonObject)
                AssertMembers(value.ToJsonString(), actual[name]);
            else
                Assert.True(JsonNode.DeepEquals(value, actual![name]), $"{name}: {actual[name]?.ToJsonString()}, not {value?.ToJsonString()}");
        }
    }
}
