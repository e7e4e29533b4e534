using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>What is read on one device is read on all.</summary>
public sealed class ReadMarkTests
{
    [Fact]
    public async Task Mark_OnOneDevice_CountsOnTheOther()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var phone = await app.JoinAsync("bob", "notes", "clientId=phone");
        await using var laptop = await app.ConnectToChatAsync("bob", "clientId=laptop");
        for (var i = 1; i <= 3; i++)
            await ada.SayAsync("notes", $"{i}");

        await phone.InvokeAsync("MarkRead", new { roomId = "notes", sequence = 2 });

        // the laptop is not in the room, and hears of it all the same
        var mark = await laptop.NextAsync("ReadChanged");
        Assert.Equal((2L, 1), ((long)mark["sequence"]!, (int)mark["unreadCount"]!));
        var seen = await ada.NextAsync("ReadChanged");
        Assert.Equal(("bob", 2L, null), ((string?)seen["userId"], (long)seen["sequence"]!, seen["unreadCount"]));
        var joined = await laptop.InvokeAsync("JoinRoom", new { roomId = "notes" });
        Assert.Equal((2L, 1), ((long)joined!["lastReadSequence"]!, (int)joined["unreadCount"]!));
        Assert.Contains(joined["members"]!.AsArray(), member => (string?)member!["userId"] == "bob" && (long)member["lastReadSequence"]! == 2);
    }

    [Fact]
    public async Task Mark_BackwardsOrAhead_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await app.JoinAsync("ada", "notes");
        await using var bob = await app.JoinAsync("bob", "notes");
        await ada.SayAsync("notes", "1");
        await ada.SayAsync("notes", "2");
        await bob.InvokeAsync("MarkRead", new { roomId = "notes", sequence = 2 });

        await bob.InvokeAsync("MarkRead", new { roomId = "notes", sequence = 1 });
        Assert.Equal("invalid_request", await bob.InvokeRefusedAsync("MarkRead", new { roomId = "notes", sequence = 3 }));
        Assert.Equal("invalid_request", await bob.InvokeRefusedAsync("MarkRead", new { roomId = "notes", sequence = -1 }));

        var joined = await bob.InvokeAsync("JoinRoom", new { roomId = "notes" });
        Assert.Equal((2L, 0), ((long)joined!["lastReadSequence"]!, (int)joined["unreadCount"]!));
    }
}
