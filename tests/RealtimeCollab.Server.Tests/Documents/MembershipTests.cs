using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>Joining and leaving documents, and what the others hear of it.</summary>
public sealed class MembershipTests
{
    [Fact]
    public async Task StartEditing_OfANewDocument_CreatesItAndMakesTheCreatorItsOwner()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        var snapshot = await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = "hello" });
        Assert.Equal("hello", (string?)snapshot!["content"]);
        Assert.Equal(1, (long)snapshot["revision"]!);
        Assert.Equal("text", (string?)snapshot["contentType"]);
        Assert.Equal("owner", (string?)snapshot["role"]);
        Assert.False((bool)snapshot["readOnly"]!);
        Assert.Empty(snapshot["clients"]!.AsArray());
    }

    [Fact]
    public async Task StartEditing_OfARichDocument_GivesItsContentAsInserts()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        var snapshot = await client.InvokeAsync("StartEditing", new { documentId = "d", contentType = "richText", initialText = "hello" });
        Assert.Equal("richText", (string?)snapshot!["contentType"]);
        Assert.Equal("hello", (string?)Assert.Single(snapshot["content"]!.AsArray()));
    }

    [Fact]
    public async Task StartEditing_OfAnExistingDocument_DropsInitialText()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d", initialText = "hers" });
        var snapshot = await bob.InvokeAsync("StartEditing", new { documentId = "d", initialText = "his" });
        Assert.Equal("hers", (string?)snapshot!["content"]);
        Assert.Equal("editor", (string?)snapshot["role"]);
        Assert.Equal("alice", (string?)Assert.Single(snapshot["clients"]!.AsArray())!["userId"]);
    }

    [Fact]
    public async Task StartEditing_ByManyAtOnce_CreatesTheDocumentOnce()
    {
        await using var app = await TestApp.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.ConnectAsync($"user-{i}")));
        var snapshots = await Task.WhenAll(clients.Select((client, i) =>
            client.InvokeAsync("StartEditing", new { documentId = "d", initialText = $"text-{i}" })));
        Assert.Single(snapshots.Select(snapshot => (string?)snapshot!["content"]).Distinct(StringComparer.Ordinal));
        Assert.All(snapshots, snapshot => Assert.Equal(1, (long)snapshot!["revision"]!));
        Assert.Single(snapshots, snapshot => (string?)snapshot!["role"] == "owner");
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task Session_CountsReadersAndWriters_ThroughEveryChange()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await CountsAsync(alice, readers: 0, writers: 1);
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        await CountsAsync(alice, readers: 1, writers: 1);
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });
        await CountsAsync(alice, readers: 1, writers: 2);
        await bob.InvokeAsync("StopEditing", new { documentId = "d" });
        await CountsAsync(alice, readers: 1, writers: 1);
        await bob.InvokeAsync("Unsubscribe", new { documentId = "d" });
        await CountsAsync(alice, readers: 0, writers: 1);
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });
        await CountsAsync(alice, readers: 0, writers: 2);
        await bob.DisposeAsync();
        await CountsAsync(alice, readers: 0, writers: 1);
    }

    [Fact]
    public async Task Session_WithoutReadersAndWriters_Ends()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        var sessions = app.Services.GetRequiredService<DocumentSessions>();
        var grace = app.Services.GetRequiredService<SessionOptions>().EvictionGrace;
        await using var ada = await app.ConnectAsync("ada");
        var first = await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await ada.InvokeAsync("Subscribe", new { documentId = "d" });
        await ada.InvokeAsync("StopEditing", new { documentId = "d" });
        time.Advance(grace * 2);
        Assert.Equal(1, sessions.Count);

        await ada.InvokeAsync("Unsubscribe", new { documentId = "d" });
        time.Advance(grace * 2);

        Assert.Equal(0, sessions.Count);
        var second = await ada.InvokeAsync("Subscribe", new { documentId = "d" });
        Assert.NotEqual((string?)first!["sessionId"], (string?)second!["sessionId"]);
    }

    [Fact]
    public async Task Others_HearWhoJoinsAndLeaves_AndTheJoinerDoesNot()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        var bob = await app.ConnectAsync("bob", "clientId=bobs-client&device=tablet");
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });

        var joined = (await alice.NextAsync("UserJoined"))["client"]!;
        Assert.Equal("bobs-client", (string?)joined["clientId"]);
        Assert.Equal("bob", (string?)joined["userName"]);
        Assert.Equal("tablet", (string?)joined["device"]);
        Assert.False((bool)joined["isEditing"]!);
        Assert.Matches("^#[0-9a-f]{6}$", (string?)joined["color"]);

        await bob.DisposeAsync();
        Assert.Equal("bobs-client", (string?)(await alice.NextAsync("UserLeft"))["client"]!["clientId"]);
        Assert.Empty(bob.Received("UserJoined"));
    }

    [Fact]
    public async Task Unsubscribe_OfAReader_EndsItsMessages()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        await bob.InvokeAsync("Unsubscribe", new { documentId = "d" });
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        await alice.NextAsync("OperationsApplied");
        // what was sent to the room before this answer is here before it
        await bob.InvokeAsync("Heartbeat", new { documentIds = new[] { "d" } });
        Assert.Empty(bob.Received("OperationsApplied"));
    }

    [Theory]
    [InlineData("Unsubscribe")]
    [InlineData("StopEditing")]
    public async Task Leaving_WhatWasNotJoined_IsNoError(string method)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        Assert.Null(await client.InvokeAsync(method, new { documentId = "d" }));
    }

    [Fact]
    public async Task Submit_AfterStopEditing_IsSessionNotFoundForASubscriberToo()
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await app.ConnectAsync("alice");
        await client.InvokeAsync("StartEditing", new { documentId = "d" });
        await client.InvokeAsync("Subscribe", new { documentId = "d" });
        await client.InvokeAsync("StopEditing", new { documentId = "d" });
        Assert.Equal("session_not_found", await client.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
    }

    [Theory]
    [InlineData("none", "permission_denied", "permission_denied")]
    [InlineData("viewer", "", "permission_denied")]
    [InlineData("commenter", "", "permission_denied")]
    [InlineData("editor", "", "")]
    public async Task DefaultRole_DecidesWhatOthersMay(string role, string subscribe, string startEditing)
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Access:DefaultRole"] = role },
        });
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var bob = await app.ConnectAsync("bob");

        Assert.Equal(startEditing, await CodeOfAsync(bob, "StartEditing", new { documentId = "d" }));
        Assert.Equal(subscribe, await CodeOfAsync(bob, "Subscribe", new { documentId = "d" }));
        if (subscribe.Length > 0)
        {
            Assert.Equal(subscribe, await CodeOfAsync(bob, "GetOperations", new { documentId = "d", fromRevision = 0 }));
            // a refused join leaves nothing behind: not even a message to the refused
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
            await alice.NextAsync("OperationsApplied");
            await bob.InvokeAsync("Heartbeat", new { documentIds = new[] { "d" } });
            Assert.Empty(bob.Received("OperationsApplied"));
            Assert.Empty(alice.Received("UserJoined"));
        }
    }

    [Fact]
    public async Task Creation_WhenTheSettingForbidsIt_IsPermissionDenied()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Configure = options => options.Access.AllowCreation = false });
        await using var client = await app.ConnectAsync("alice");
        Assert.Equal("permission_denied", await client.InvokeRefusedAsync("StartEditing", new { documentId = "d" }));
        Assert.Equal("document_not_found", await client.InvokeRefusedAsync("Subscribe", new { documentId = "d" }));
    }

    [Fact]
    public async Task JoinsAndLeaves_SentWithoutWaiting_EndAsInTheirOrder()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await using var bob = await app.ConnectAsync("bob");
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var round = 0; round < 50; round++)
        {
            await alice.SendAsync("Subscribe", new { documentId = "d" });
            await alice.SendAsync("StartEditing", new { documentId = "d" });
            await alice.SendAsync("Unsubscribe", new { documentId = "d" });
            await alice.SendAsync("StopEditing", new { documentId = "d" });
        }

        await alice.InvokeAsync("Subscribe", new { documentId = "d" });
        await CountsAsync(bob, readers: 1, writers: 1);
        Assert.Empty(alice.Received("Error"));
    }

    private static Task<JsonObject> CountsAsync(RawHubClient client, int readers, int writers) =>
        client.NextAsync("SessionInfo", info => (int)info["readerCount"]! == readers && (int)info["writerCount"]! == writers);

    private static async Task<string> CodeOfAsync(RawHubClient client, string method, object argument)
    {
        try
        {
            await client.InvokeAsync(method, argument);
            return "";
        }
        catch (HubCallException refused)
        {
            return refused.Code;
        }
    }
}
