using System.Text.Json.Nodes;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>Operations from one client to all.</summary>
public sealed class EditingTests
{
    [Fact]
    public async Task SubmitOperation_ReachesEveryMember_TheAuthorIncluded()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice", "clientId=alices");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "hello" });
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });

        var result = await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, " world"), "op-1"));

        Assert.Equal(2, (long)result!["revision"]!);
        Assert.Equal("op-1", (string?)result["operationId"]);
        foreach (var client in new[] { alice, bob })
        {
            var batch = await client.NextAsync("OperationsApplied");
            Assert.Equal(1, (long)batch["fromRevision"]!);
            var entry = Assert.Single(batch["operations"]!.AsArray())!;
            Assert.Equal(2, (long)entry["revision"]!);
            Assert.Equal("alices", (string?)entry["clientId"]);
            Assert.Equal("alice", (string?)entry["userId"]);
            Assert.Equal("op-1", (string?)entry["operationId"]);
            Assert.Equal("""[5," world"]""", entry["operation"]!.ToJsonString());
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string?)entry["timestamp"]);
        }
    }

    [Theory]
    [InlineData("""["Hi "]""", "Hi hello")]
    [InlineData("""{"ops": [{"retain": 5}, {"insert": "!"}]}""", "hello!")]
    [InlineData("""[[5, "A"], [6, "B"]]""", "helloAB")]
    [InlineData("""{"type": "insert", "position": 5, "content": "?"}""", "hello?")]
    [InlineData("""{"type": "delete", "position": 0, "length": 4}""", "o")]
    public async Task SubmitOperation_InAnyDocumentedForm_IsApplied(string operation, string expected)
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "hello" });
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, JsonNode.Parse(operation)));
        Assert.Equal(expected, await ContentAsync(alice));
    }

    [Fact]
    public async Task SubmitOperation_SentAgain_IsAnsweredWithItsFirstRevision()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        var first = await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"), "same"));
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("y"), "other"));
        var again = await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"), "same"));
        Assert.Equal((long)first!["revision"]!, (long)again!["revision"]!);
        Assert.Equal("yx", await ContentAsync(alice));
    }

    [Fact]
    public async Task SubmitOperation_SentManyWithoutWaiting_AreCommittedInTheirOrder()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 200; i++)
            await alice.SendAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray($"{i} "), $"op-{i}"));

        var operations = new List<string?>();
        while (operations.Count < 200)
            operations.AddRange((await alice.NextAsync("OperationsApplied"))["operations"]!.AsArray().Select(entry => (string?)entry!["operationId"]));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"op-{i}"), operations);
    }

    [Fact]
    public async Task TwoClients_EditingAtOnce_Converge()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "0123456789" });
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });

        const int EditsEach = 30;
        await Task.WhenAll(EditAsync(alice, "a"), EditAsync(bob, "b"));

        var texts = await Task.WhenAll(ReplayAsync(alice), ReplayAsync(bob));
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], await ContentAsync(alice));
        Assert.Equal(10 + (2 * EditsEach), texts[0].Length);

        static async Task EditAsync(RawHubClient client, string text)
        {
            for (var i = 0; i < EditsEach; i++)
                await client.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, text)));
        }

        static async Task<string> ReplayAsync(RawHubClient client)
        {
            var document = Document.FromText("0123456789");
            for (long revision = 1; revision < 1 + (2 * EditsEach);)
            {
                var batch = await client.NextAsync("OperationsApplied");
                Assert.Equal(revision, (long)batch["fromRevision"]!);
                foreach (var entry in batch["operations"]!.AsArray())
                {
                    Assert.Equal(++revision, (long)entry!["revision"]!);
                    var operation = TextOperation.Parse(System.Text.Encoding.UTF8.GetBytes(entry["operation"]!.ToJsonString()));
                    document = document.Apply(operation.CompleteTo(document.Length));
                }
            }

            return document.ToString();
        }
    }

    [Fact]
    public async Task Subscribe_SinceARevision_GivesWhatCameAfterIt()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await TypeAsync(alice, 5);
        var snapshot = await alice.InvokeAsync("Subscribe", new { documentId = "d", sinceRevision = 3 });
        Assert.Null(snapshot!["content"]);
        Assert.Equal(5, (long)snapshot["revision"]!);
        Assert.Equal([4, 5], snapshot["operations"]!.AsArray().Select(entry => (long)entry!["revision"]!));
    }

    [Fact]
    public async Task Subscribe_SinceTheHead_GivesNeitherContentNorOperations()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await TypeAsync(alice, 5);
        var snapshot = await alice.InvokeAsync("StartEditing", new { documentId = "d", sinceRevision = 5 });
        Assert.Null(snapshot!["content"]);
        Assert.Empty(snapshot["operations"]!.AsArray());
        Assert.Equal(5, (long)snapshot["revision"]!);
    }

    [Fact]
    public async Task GetOperations_GivesPagesThatJoin()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await TypeAsync(alice, 7);
        await using var bob = await app.ConnectAsync("bob");
        var revisions = new List<long>();
        while (revisions.Count < 7)
        {
            var page = await bob.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = revisions.Count, limit = 3 });
            Assert.InRange(page!["operations"]!.AsArray().Count, 1, 3);
            Assert.Equal(revisions.Count, (long)page["fromRevision"]!);
            revisions.AddRange(page["operations"]!.AsArray().Select(entry => (long)entry!["revision"]!));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], revisions);
        var end = await bob.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = 7 });
        Assert.Empty(end!["operations"]!.AsArray());
    }

    [Fact]
    public async Task GetOperations_OfLargeOperations_StaysWithinAMessage()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < 4; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", i, new JsonArray(new string('x', 300_000))));
        var page = await alice.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = 0 });
        Assert.Equal(2, page!["operations"]!.AsArray().Count);
    }

    [Fact]
    public async Task Heartbeat_GivesTheHeadsOfWhatIsJoined()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await TypeAsync(alice, 3);
        var result = await alice.InvokeAsync("Heartbeat", new { documentIds = new[] { "d", "not-joined" } });
        Assert.Equal("""{"d":3}""", result!["heads"]!.ToJsonString());
        Assert.Equal(3, (long)result["checksums"]!["d"]!["revision"]!);
        Assert.Equal(Document.FromText("xxx").ComputeHash(), (string?)result["checksums"]!["d"]!["hash"]);
        Assert.Null(result["checksums"]!["not-joined"]);
        Assert.NotNull((string?)result["serverTime"]);
    }

    [Fact]
    public async Task UpdateSelection_ReachesTheOthers_AtTheHead()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice", "clientId=alices");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "hello" });
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });
        await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(">>")));
        // meant for revision 1, where the text began two characters further left
        await alice.InvokeJsonAsync("UpdateSelection", """{"documentId":"d","revision":1,"selection":{"ranges":[{"anchor":1,"head":3}]}}""");

        var message = await bob.NextAsync("SelectionsChanged", changed => changed["selections"]!.AsArray()
            .Any(selection => (string?)selection!["clientId"] == "alices" && selection["selection"] is not null));
        Assert.Equal(2, (long)message["revision"]!);
        var selection = message["selections"]!.AsArray().Single(one => (string?)one!["clientId"] == "alices")!;
        Assert.Equal("""{"ranges":[{"anchor":3,"head":5}]}""", selection["selection"]!.ToJsonString());
        Assert.Equal("alice", (string?)selection["userName"]);
    }

    private static async Task TypeAsync(RawHubClient client, int edits)
    {
        await client.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var i = 0; i < edits; i++)
            await client.InvokeAsync("SubmitOperation", Requests.Submit("d", i, new JsonArray("x")));
    }

    private static async Task<string?> ContentAsync(RawHubClient client) =>
        (string?)(await client.InvokeAsync("Subscribe", new { documentId = "d" }))!["content"];
}
