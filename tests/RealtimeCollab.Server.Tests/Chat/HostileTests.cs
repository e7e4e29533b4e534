using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>Bad input gets a clear refusal and leaves nothing behind.</summary>
public sealed class HostileTests
{
    public static TheoryData<string, string> BadMessages => new()
    {
        { $$"""{"roomId": "notes", "clientMessageId": "m", "content": "{{new string('x', 16_385)}}"}""", "payload_too_large" },
        { $$"""{"roomId": "notes", "clientMessageId": "m", "content": "{{new string('x', 1_000_000)}}"}""", "payload_too_large" },
        { $$"""{"roomId": "notes", "clientMessageId": "m", "content": "x", "mentions": [{{string.Join(',', Enumerable.Range(0, 10_000).Select(user => $"\"u{user}\""))}}]}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "x", "mentions": [null]}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "x", "mentions": ["a\u0000b"]}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": ""}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": null}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": 5}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "a\u0000b"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "a\u001bb"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "\ud800"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "", "content": "x"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "a\u0000", "content": "x"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "x", "messageType": "system"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "x", "messageType": "<b>"}""", "invalid_request" },
        { """{"roomId": "notes", "clientMessageId": "m", "content": "x", "replyTo": "nothing"}""", "message_not_found" },
        { """{"roomId": "no/such/id", "clientMessageId": "m", "content": "x"}""", "invalid_request" },
        { """{"roomId": "no-such-room", "clientMessageId": "m", "content": "x"}""", "room_not_found" },
        { """{"roomId": "~no-such-room", "clientMessageId": "m", "content": "x"}""", "room_not_found" },
    };

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task Send_BadMessage_IsRefusedAndStoresNothing(string argument, string code)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");

        Assert.Equal(code, await ada.InvokeJsonRefusedAsync("SendMessage", argument));

        Assert.Equal(1, (long)(await ada.SayAsync("notes", "after it", "m"))!["sequence"]!);
        Assert.Single(await ada.ReadAsync("notes"));
    }

    [Fact]
    public async Task Send_TextWithEverythingThatIsAllowed_ComesAsItWas()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        var text = "<script>alert('1')</script>\n\t\"שלום\" \u202Eabc 👩‍👩‍👧 '; DROP TABLE messages; --" + new string('x', 16_000);

        await ada.SayAsync("notes", text);

        await ada.HearAsync(text);
        Assert.Equal(text, (string?)(await ada.ReadAsync("notes"))[0]!["content"]);
    }

    [Theory]
    [InlineData("viewer", "permission_denied")]
    [InlineData("none", "permission_denied")]
    public async Task Send_WithoutTheRight_IsRefused(string role, string code)
    {
        await using var app = await TestApp.StartAsync(ChatApp.WithRole(role));
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        var messageId = (string?)(await ada.SayAsync("notes", "mine"))!["messageId"];
        await using var bob = await app.ConnectToChatAsync("bob");
        if (role == "viewer")
            Assert.Single((await bob.InvokeAsync("JoinRoom", new { roomId = "notes" }))!["messages"]!.AsArray());
        else
            Assert.Equal(code, await bob.InvokeRefusedAsync("JoinRoom", new { roomId = "notes" }));

        Assert.Equal(code, await bob.InvokeRefusedAsync("SendMessage", new { roomId = "notes", clientMessageId = "m", content = "x" }));
        Assert.Equal(code, await bob.InvokeRefusedAsync("SetReaction", new { roomId = "notes", messageId, emoji = "👍", isSet = true }));
        Assert.Equal(code, await bob.InvokeRefusedAsync("DeleteMessage", new { roomId = "notes", messageId }));
        var message = Assert.Single(await ada.ReadAsync("notes"))!;
        Assert.Equal((1L, "mine"), ((long)message["change"]!, (string?)message["content"]));
    }

    [Fact]
    public async Task Change_OfAnothersMessage_IsRefusedUnlessTheRoomIsOnesOwn()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes", owner: "ada");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        var adas = (string?)(await ada.SayAsync("notes", "ada's"))!["messageId"];
        var bobs = (string?)(await bob.SayAsync("notes", "bob's"))!["messageId"];

        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("EditMessage", new { roomId = "notes", messageId = adas, content = "bob was here" }));
        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("DeleteMessage", new { roomId = "notes", messageId = adas }));
        Assert.Equal("message_not_found", await bob.InvokeRefusedAsync("EditMessage", new { roomId = "notes", messageId = "none", content = "x" }));
        await ada.InvokeAsync("EditMessage", new { roomId = "notes", messageId = bobs, content = "moderated" });

        Assert.Equal(["ada's", "moderated"], (await ada.ReadAsync("notes")).Select(message => (string?)message!["content"]));
    }

    [Theory]
    [InlineData("""{"roomId": "notes", "messageId": "x", "emoji": "", "isSet": true}""")]
    [InlineData("""{"roomId": "notes", "messageId": "x", "emoji": "a b", "isSet": true}""")]
    [InlineData("""{"roomId": "notes", "messageId": "x", "emoji": "\u202eabc", "isSet": true}""")]
    [InlineData("""{"roomId": "notes", "messageId": "x", "emoji": "123456789012345678901234567890123", "isSet": true}""")]
    public async Task React_WithWhatIsNoReaction_IsRefused(string argument)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");

        Assert.Equal("invalid_request", await ada.InvokeJsonRefusedAsync("SetReaction", argument));
    }

    [Theory]
    [InlineData("""{"roomId": "tea"}""")]
    [InlineData("""{"roomId": "~"}""")]
    [InlineData("""{"roomId": "~direct.0123"}""")]
    [InlineData("""{"roomId": "~tea", "name": "a\u202eb"}""")]
    [InlineData("""{"roomId": "~tea", "name": "a\u0007b"}""")]
    [InlineData("""{"roomId": "~tea", "memberIds": [null]}""")]
    public async Task Create_RoomWithABadName_IsRefused(string argument)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");

        Assert.Equal("invalid_request", await ada.InvokeJsonRefusedAsync("CreateRoom", argument));
        Assert.Empty((await ada.InvokeAsync("GetRooms", new { }))!["rooms"]!.AsArray());
    }

    [Fact]
    public async Task Name_ThatTurnsTextAround_IsShownWithoutThat()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        var token = await app.GetTokenAsync("mallory", "\u202EecilA\u2066 (admin)");
        await using var mallory = await RawHubClient.ConnectAsync(app.Address, token, hub: "chat");

        Assert.Equal("ecilA (admin)", (string?)(await mallory.NextAsync("Welcome"))["userName"]);
        await mallory.InvokeAsync("JoinRoom", new { roomId = "notes" });
        await mallory.SayAsync("notes", "hi");
        Assert.Equal("ecilA (admin)", (string?)(await mallory.HearAsync("hi"))["senderName"]);
    }

    [Fact]
    public async Task Name_WithControlCharacters_GetsNoToken()
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.Http.PostAsJsonAsync("/dev/token", new { userId = "eve", userName = "eve\u001b[2J" }, TestContext.Current.CancellationToken);

        Assert.Equal("invalid_request", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]);
    }

    [Fact]
    public async Task Messages_BeyondTheRate_AreRefusedUntilTimeHasPassed()
    {
        // begins at the present: SignalR compares the end of a token with the system's clock
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        for (var i = 0; i < 40; i++)
            await ada.SayAsync("notes", $"{i}");

        Assert.Equal("rate_limited", await ada.InvokeRefusedAsync("SendMessage", new { roomId = "notes", clientMessageId = "late", content = "x" }));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(41, (long)(await ada.SayAsync("notes", "x", "late"))!["sequence"]!);
    }

    [Fact]
    public async Task Refusal_OfAMessage_IsRaisedAsErrorToo()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        await ada.SendAsync("SendMessage", new { roomId = "nowhere", clientMessageId = "m1", content = "x" });

        var error = await ada.NextAsync("Error");

        Assert.Equal(("room_not_found", "nowhere", "m1"), ((string?)error["code"], (string?)error["roomId"], (string?)error["clientMessageId"]));
    }

    [Fact]
    public async Task Text_OfMessages_IsNotLogged()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        var messageId = (string?)(await ada.SayAsync("notes", "confidential-text"))!["messageId"];
        await ada.InvokeAsync("EditMessage", new { roomId = "notes", messageId, content = "confidential-text too" });
        await ada.NextAsync("MessageEdited");

        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("confidential-text", StringComparison.Ordinal));
    }
}
