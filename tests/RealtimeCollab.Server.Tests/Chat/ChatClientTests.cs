using RealtimeCollab.Client;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>The .NET client over real sockets.</summary>
public sealed class ChatClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Room_OfTwoClients_ShowsTheSame()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var ada = await StartAsync(app, "ada");
        await using var bob = await StartAsync(app, "bob");
        var adas = await ada.JoinAsync("notes", Cancellation);
        var bobs = await bob.JoinAsync("notes", Cancellation);

        var sent = await adas.SendAsync("Hello", cancellationToken: Cancellation);
        await UntilAsync(bobs, () => bobs.Messages.Length == 1);
        await bobs.ReactAsync(sent.MessageId, "👍", cancellationToken: Cancellation);
        await bobs.SendAsync("Hi", new SendMessageOptions { ReplyTo = sent.MessageId }, Cancellation);
        await adas.EditAsync(sent.MessageId, "Hello!", cancellationToken: Cancellation);

        foreach (var room in new[] { adas, bobs })
        {
            await UntilAsync(room, () => room.Messages is [{ Content: "Hello!", Reactions.Count: 1 }, { Content: "Hi" }]);
            Assert.Equal(sent.MessageId, room.Messages[1].ReplyTo);
            Assert.Empty(room.Pending);
        }

        Assert.Equal(1, adas.UnreadCount);
        await adas.MarkReadAsync(2, Cancellation);
        await UntilAsync(adas, () => adas is { UnreadCount: 0, LastReadSequence: 2 });
        await UntilAsync(bobs, () => bobs.Members.Any(member => member is { UserId: "ada", LastReadSequence: 2 }));
    }

    [Fact]
    public async Task Message_SentWhileTheConnectionIsAway_ArrivesOnceOnReturn()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateDocumentAsync("notes");
        await using var proxy = new CuttingProxy(app.Address);
        await using var ada = await StartAsync(app, "ada", proxy.Address);
        await using var bob = await StartAsync(app, "bob");
        var adas = await ada.JoinAsync("notes", Cancellation);
        var bobs = await bob.JoinAsync("notes", Cancellation);

        // the server gets it, the answer is lost, and it is sent again
        proxy.SwallowsAnswers = true;
        var sent = adas.SendAsync("once", cancellationToken: Cancellation);
        await UntilAsync(bobs, () => bobs.Messages.Length == 1);
        proxy.IsDown = true;
        proxy.Cut();
        await UntilAsync(adas, () => adas.State == ChatRoomState.Offline);
        Assert.Equal("once", Assert.Single(adas.Pending).Content);
        await bobs.SendAsync("meanwhile", cancellationToken: Cancellation);
        proxy.SwallowsAnswers = false;
        proxy.IsDown = false;

        Assert.Equal(1, (await sent.WaitAsync(Patience.Limit, Cancellation)).Sequence);
        await UntilAsync(adas, () => adas.Messages.Length == 2);
        Assert.Equal(["once", "meanwhile"], bobs.Messages.Select(message => message.Content));
        Assert.Equal(["once", "meanwhile"], adas.Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task History_OfALongRoom_IsLoadedPageByPage()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RealtimeCollab:Access:DefaultRole"] = "editor",
                ["RealtimeCollab:Limits:MessagesPerSecond"] = "0",
            },
        });
        await app.CreateDocumentAsync("notes");
        await using var ada = await StartAsync(app, "ada");
        var adas = await ada.JoinAsync("notes", Cancellation);
        for (var i = 1; i <= 120; i++)
            await adas.SendAsync($"{i}", cancellationToken: Cancellation);
        await using var bob = await StartAsync(app, "bob");

        var bobs = await bob.JoinAsync("notes", Cancellation);
        Assert.Equal((50, 71L, 120), (bobs.Messages.Length, bobs.Messages[0].Sequence, bobs.UnreadCount));
        Assert.True(await bobs.LoadOlderAsync(cancellationToken: Cancellation));
        Assert.False(await bobs.LoadOlderAsync(cancellationToken: Cancellation));

        Assert.Equal(Enumerable.Range(1, 120).Select(number => $"{number}"), bobs.Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task Join_RoomThatIsClosedToTheUser_IsRefused()
    {
        await using var app = await TestApp.StartAsync(ChatApp.WithRole("none"));
        await app.CreateDocumentAsync("secret");
        await using var bob = await StartAsync(app, "bob");

        Assert.Equal("permission_denied", (await Assert.ThrowsAsync<CollabClientException>(() => bob.JoinAsync("secret", Cancellation))).Code);
        Assert.Equal("room_not_found", (await Assert.ThrowsAsync<CollabClientException>(() => bob.JoinAsync("nowhere", Cancellation))).Code);
    }

    [Fact]
    public async Task Room_OfSomeoneTakenOut_Closes()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await StartAsync(app, "ada");
        await using var bob = await StartAsync(app, "bob");
        await ada.Hub.CreateRoom(new Protocol.Chat.CreateRoomRequest { RoomId = "~tea", MemberIds = ["bob"] });
        var bobs = await bob.JoinAsync("~tea", Cancellation);

        await ada.Hub.SetRoomMember(new Protocol.Chat.SetRoomMemberRequest { RoomId = "~tea", UserId = "bob", Role = Protocol.Documents.DocumentRole.None });

        await UntilAsync(bobs, () => bobs.State == ChatRoomState.Closed);
        Assert.Equal("permission_denied", bobs.ClosedBecause!.Code);
    }

    private static async Task<ChatClient> StartAsync(TestApp app, string userId, Uri? through = null)
    {
        var token = await app.GetTokenAsync(userId);
        var client = ChatClient.Create(
            new CollabConnectionOptions { Server = through ?? app.Address, AccessToken = _ => ValueTask.FromResult<string?>(token) }, ClientTestExtensions.Impatient);
        await client.StartAsync(Cancellation);
        return client;
    }

    /// <summary>Waits until an event has made a condition true.</summary>
    private static async Task UntilAsync(ChatRoom room, Func<bool> condition)
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs change)
        {
            if (condition())
                happened.TrySetResult();
        }

        room.MessageReceived += Look;
        room.MessageChanged += Look;
        room.ReadChanged += Look;
        room.StateChanged += Look;
        Look(room, EventArgs.Empty);
        await happened.Task.WaitAsync(Patience.Limit, Cancellation);
    }
}
