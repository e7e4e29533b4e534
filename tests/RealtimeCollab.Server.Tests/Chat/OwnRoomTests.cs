using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>Rooms that are no document's: their members decide who reads and writes.</summary>
public sealed class OwnRoomTests
{
    [Fact]
    public async Task Create_Room_IsForItsMembers()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        await using var bob = await app.ConnectToChatAsync("bob");
        await using var eve = await app.ConnectToChatAsync("eve");
        var request = new { roomId = "~tea", name = "Tea", memberIds = new[] { "bob" } };

        var room = await ada.InvokeAsync("CreateRoom", request);
        var again = await ada.InvokeAsync("CreateRoom", request);

        Assert.Equal(("free", "Tea", "owner"), ((string?)room!["kind"], (string?)room["name"], (string?)room["role"]));
        Assert.Equal(room.ToJsonString(), again!.ToJsonString());
        Assert.Equal("commenter", (string?)(await bob.InvokeAsync("JoinRoom", new { roomId = "~tea" }))!["role"]);
        await bob.SayAsync("~tea", "hi");
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("JoinRoom", new { roomId = "~tea" }));
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("CreateRoom", request));
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("GetMessages", new { roomId = "~tea" }));
        Assert.Single(await bob.ReadAsync("~tea"));
    }

    [Fact]
    public async Task Open_DirectRoom_IsTheSameFromBothSides()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        await using var bob = await app.ConnectToChatAsync("bob");
        await using var eve = await app.ConnectToChatAsync("eve");

        var roomId = (string)(await ada.InvokeAsync("OpenDirectRoom", new { userId = "bob" }))!["roomId"]!;
        Assert.Equal(roomId, (string?)(await bob.InvokeAsync("OpenDirectRoom", new { userId = "ada" }))!["roomId"]);
        await bob.InvokeAsync("JoinRoom", new { roomId });
        await ada.SayAsync(roomId, "just us");

        await bob.HearAsync("just us");
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("JoinRoom", new { roomId }));
        Assert.Equal("invalid_request", await eve.InvokeRefusedAsync("CreateRoom", new { roomId }));
        Assert.Equal("invalid_request", await ada.InvokeRefusedAsync("SetRoomMember", new { roomId, userId = "eve", role = "commenter" }));
        Assert.NotEqual(roomId, (string?)(await ada.InvokeAsync("OpenDirectRoom", new { userId = "eve" }))!["roomId"]);
    }

    [Fact]
    public async Task SetMember_TakenOut_HearsAndSaysNoMore()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        await ada.InvokeAsync("CreateRoom", new { roomId = "~tea", memberIds = new[] { "bob", "carol" } });
        await using var bob = await app.JoinAsync("bob", "~tea");
        await using var carol = await app.JoinAsync("carol", "~tea");
        Assert.Equal("permission_denied", await carol.InvokeRefusedAsync("SetRoomMember", new { roomId = "~tea", userId = "bob", role = "none" }));

        await ada.InvokeAsync("SetRoomMember", new { roomId = "~tea", userId = "bob", role = "none" });
        await ada.SayAsync("~tea", "without bob");

        await carol.HearAsync("without bob");
        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("SendMessage", new { roomId = "~tea", clientMessageId = "m1", content = "still here?" }));
        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("JoinRoom", new { roomId = "~tea" }));
        Assert.Empty(bob.Received("MessageReceived"));
        Assert.Empty((await bob.InvokeAsync("Heartbeat", new { roomIds = new[] { "~tea" } }))!["heads"]!.AsObject());
    }

    [Fact]
    public async Task SetMember_Viewer_ReadsOnly()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectToChatAsync("ada");
        await ada.InvokeAsync("CreateRoom", new { roomId = "~news" });
        await ada.InvokeAsync("SetRoomMember", new { roomId = "~news", userId = "bob", role = "viewer" });
        await using var bob = await app.JoinAsync("bob", "~news");
        await ada.SayAsync("~news", "extra");

        await bob.HearAsync("extra");
        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("SendMessage", new { roomId = "~news", clientMessageId = "m1", content = "me too" }));
        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("SetTyping", new { roomId = "~news", isTyping = true }));
        Assert.Equal("invalid_request", await ada.InvokeRefusedAsync("SetRoomMember", new { roomId = "~news", userId = "bob", role = "editor" }));

        await bob.InvokeAsync("SetRoomMember", new { roomId = "~news", userId = "bob", role = "none" });
        Assert.Equal("permission_denied", await bob.InvokeRefusedAsync("JoinRoom", new { roomId = "~news" }));
    }

    [Fact]
    public async Task List_Rooms_ShowsWhatIsUnread()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        await ada.InvokeAsync("CreateRoom", new { roomId = "~b", memberIds = new[] { "bob" } });
        await ada.InvokeAsync("CreateRoom", new { roomId = "~a", memberIds = new[] { "bob" } });
        await ada.SayAsync("~b", "1");
        await ada.SayAsync("~b", "2");
        await bob.InvokeAsync("MarkRead", new { roomId = "~b", sequence = 1 });

        var rooms = (await bob.InvokeAsync("GetRooms", new { }))!["rooms"]!.AsArray();
        var second = (await bob.InvokeAsync("GetRooms", new { afterRoomId = "~a", limit = 1 }))!["rooms"]!.AsArray();

        Assert.Equal(["~a", "~b"], rooms.Select(room => (string?)room!["roomId"]));
        Assert.Equal((2L, 1L, 1), ((long)rooms[1]!["lastSequence"]!, (long)rooms[1]!["lastReadSequence"]!, (int)rooms[1]!["unreadCount"]!));
        Assert.Equal("~b", (string?)Assert.Single(second)!["roomId"]);
    }
}
