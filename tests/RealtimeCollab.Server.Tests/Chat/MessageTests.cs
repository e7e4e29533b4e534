using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>Messages between connections, as the wire has them.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task Send_Message_ReachesEveryoneInTheRoomAndTheAuthor()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        await using var outside = await app.ConnectToChatAsync("carol");

        var result = await ada.InvokeAsync("SendMessage", new { roomId = "notes", clientMessageId = "m1", content = "Hello 👋", messageType = "text" });

        Assert.Equal((1L, "m1"), ((long)result!["sequence"]!, (string?)result["clientMessageId"]));
        foreach (var client in new[] { ada, bob })
        {
            var message = await client.NextAsync("MessageReceived");
            Assert.Equal(
                ("notes", 1L, "m1", "ada", "ada", "Hello 👋", "text", (string?)result["messageId"]),
                ((string?)message["roomId"], (long)message["sequence"]!, (string?)message["clientMessageId"], (string?)message["senderId"],
                    (string?)message["senderName"], (string?)message["content"], (string?)message["messageType"], (string?)message["messageId"]));
        }

        // what is sent next to it shows that nothing of the room came before
        await outside.InvokeAsync("JoinRoom", new { roomId = "notes" });
        await ada.SayAsync("notes", "second");
        await outside.HearAsync("second");
        Assert.Single(outside.Received("MessageReceived"));
    }

    [Fact]
    public async Task Send_SameClientMessageIdAgain_IsTheSameMessage()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");

        var first = await ada.SayAsync("notes", "once", "m1");
        var again = await ada.SayAsync("notes", "once", "m1");

        Assert.Equal(first!.ToJsonString(), again!.ToJsonString());
        Assert.Single(await ada.ReadAsync("notes"));
    }

    [Fact]
    public async Task Send_ManyAtOnce_KeepTheOrderOfTheConnection()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");

        var sent = await Task.WhenAll(Enumerable.Range(0, 30).Select(index => ada.SayAsync("notes", $"{index}")));

        Assert.Equal(Enumerable.Range(1, 30).Select(sequence => (long)sequence), sent.Select(result => (long)result!["sequence"]!));
        await ada.HearAsync("29");
        Assert.Equal(Enumerable.Range(0, 30).Select(index => $"{index}"), ada.Received("MessageReceived").Select(message => (string?)message["content"]));
    }

    [Fact]
    public async Task Change_Message_IsToldAndReadAsItIs()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        var messageId = (string?)(await ada.SayAsync("notes", "Hello"))!["messageId"];

        await ada.InvokeAsync("EditMessage", new { roomId = "notes", messageId, content = "Bye" });
        await bob.InvokeAsync("SetReaction", new { roomId = "notes", messageId, emoji = "👍", isSet = true });
        var edited = await bob.NextAsync("MessageEdited");
        var reacted = await ada.NextAsync("ReactionsChanged");
        var read = (await bob.ReadAsync("notes"))[0]!;
        await ada.InvokeAsync("DeleteMessage", new { roomId = "notes", messageId });
        var deleted = await bob.NextAsync("MessageDeleted");

        Assert.Equal(("Bye", 2L), ((string?)edited["content"], (long)edited["change"]!));
        Assert.Equal(("👍", """["bob"]"""), ((string?)reacted["reactions"]![0]!["emoji"], reacted["reactions"]![0]!["userIds"]!.ToJsonString()));
        Assert.Equal(("Bye", 3L), ((string?)read["content"], (long)read["change"]!));
        Assert.True(JsonNode.DeepEquals(reacted["reactions"], read["reactions"]));
        Assert.Equal(("", "[]", 1L, 4L), ((string?)deleted["content"], deleted["reactions"]!.ToJsonString(), (long)deleted["sequence"]!, (long)deleted["change"]!));
        Assert.NotNull(deleted["deletedAt"]);
    }

    [Fact]
    public async Task Read_Pages_GoBothWays()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        for (var i = 1; i <= 9; i++)
            await ada.SayAsync("notes", $"{i}");

        Assert.Equal("7 8 9", await PageAsync(ada, new { roomId = "notes", limit = 3 }));
        Assert.Equal("4 5 6", await PageAsync(ada, new { roomId = "notes", beforeSequence = 7, limit = 3 }));
        Assert.Equal("4 5", await PageAsync(ada, new { roomId = "notes", afterSequence = 3, limit = 2 }));
        Assert.Equal("9", await PageAsync(ada, new { roomId = "notes", afterChange = 8 }));
        foreach (var wrong in new object[] { new { roomId = "notes", limit = 0 }, new { roomId = "notes", limit = 201 }, new { roomId = "notes", beforeSequence = 1, afterSequence = 1 }, new { roomId = "notes", afterSequence = -1 } })
            Assert.Equal("invalid_request", await ada.InvokeRefusedAsync("GetMessages", wrong));
    }

    [Fact]
    public async Task Join_WithWhatTheClientHas_GetsWhatItMissed()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        var first = (string?)(await ada.SayAsync("notes", "1"))!["messageId"];
        await ada.SayAsync("notes", "2");
        await ada.SayAsync("notes", "3");
        await ada.InvokeAsync("EditMessage", new { roomId = "notes", messageId = first, content = "one" });
        await using var bob = await app.ConnectToChatAsync("bob");

        var bySequence = await bob.InvokeAsync("JoinRoom", new { roomId = "notes", afterSequence = 1 });
        var byChange = await bob.InvokeAsync("JoinRoom", new { roomId = "notes", afterChange = 2 });
        var anew = await bob.InvokeAsync("JoinRoom", new { roomId = "notes" });

        Assert.Equal("2 3", Contents(bySequence));
        Assert.Equal("3 one", Contents(byChange));
        Assert.Equal("one 2 3", Contents(anew));
        Assert.Equal((3L, 4L, 0L, 3), ((long)anew!["lastSequence"]!, (long)anew["lastChange"]!, (long)anew["lastReadSequence"]!, (int)anew["unreadCount"]!));
    }

    [Fact]
    public async Task Leave_Room_HearsNoMore()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        await bob.InvokeAsync("LeaveRoom", new { roomId = "notes" });
        await ada.SayAsync("notes", "unheard");

        await bob.InvokeAsync("JoinRoom", new { roomId = "notes", afterSequence = 1 });
        await ada.SayAsync("notes", "heard");
        await bob.HearAsync("heard");

        Assert.Single(bob.Received("MessageReceived"));
        await bob.InvokeAsync("LeaveRoom", new { roomId = "never-joined" });
    }

    [Fact]
    public async Task Typing_OfAMember_IsToldAndEndsWithTheMessage()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");

        await ada.InvokeAsync("SetTyping", new { roomId = "notes", isTyping = true });
        Assert.True((bool)(await bob.NextAsync("TypingChanged", message => (string?)message["userId"] == "ada"))["isTyping"]!);
        await ada.SayAsync("notes", "there");

        Assert.False((bool)(await bob.NextAsync("TypingChanged"))["isTyping"]!);
        Assert.Equal("session_not_found", await ada.InvokeRefusedAsync("SetTyping", new { roomId = "other", isTyping = true }));
    }

    [Fact]
    public async Task Typing_OfAConnectionThatEnds_Stops()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        await using (var ada = await app.JoinAsync("ada", "notes"))
        {
            await ada.InvokeAsync("SetTyping", new { roomId = "notes", isTyping = true });
            await bob.NextAsync("TypingChanged", message => (bool)message["isTyping"]!);
        }

        await bob.NextAsync("TypingChanged", message => !(bool)message["isTyping"]!);
    }

    private static async Task<string> PageAsync(RawHubClient client, object request) => Contents(await client.InvokeAsync("GetMessages", request));

    private static string Contents(JsonNode? page) => string.Join(' ', page!["messages"]!.AsArray().Select(message => (string?)message!["content"]));
}
