using RealtimeCollab.Client;
using RealtimeCollab.Client.Presence;
using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Presence;

/// <summary>The .NET client, also behind a proxy that cuts.</summary>
public sealed class PresenceClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watched_Users_AreKnownAsTheyAre()
    {
        await using var app = await TestApp.StartAsync();
        await using var grace = await StartAsync(app, "grace");
        await using var ada = await StartAsync(app, "ada", "ada-laptop");
        var arrived = new List<string>();
        grace.UserOnline += (_, those) => arrived.AddRange(those.Users.Select(user => user.UserId));
        var now = await grace.WatchAsync(["ada", "linus"], cancellationToken: Cancellation);
        Assert.Equal([("ada", PresenceStatus.Online), ("linus", PresenceStatus.Offline)], now.Select(user => (user.UserId, user.Status)));

        await ada.SetStatusAsync(PresenceStatus.Busy, "in a meeting", cancellationToken: Cancellation);
        await UntilAsync(grace, "ada", user => user is { Status: PresenceStatus.Busy, Text: "in a meeting" });
        await ada.SetStatusAsync(PresenceStatus.Online, cancellationToken: Cancellation);
        ada.IsActive = false;
        await UntilAsync(grace, "ada", user => user.Status == PresenceStatus.Away);
        await using var linus = await StartAsync(app, "linus");
        await UntilAsync(grace, "linus", user => user.Status == PresenceStatus.Online);
        await grace.UnwatchAsync(["ada"], cancellationToken: Cancellation);

        Assert.Equal(["linus"], grace.Users.Select(user => user.UserId));
        Assert.Contains("linus", arrived);
        Assert.Equal(PresenceStatus.Away, Assert.Single(await grace.GetPresenceAsync(["ada"], cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task Members_OfAWatchedDocument_ComeAndGo()
    {
        await using var app = await TestApp.StartAsync();
        await using var editor = await app.StartClientAsync("ada");
        var notes = await editor.EditAsync("notes");
        await using var grace = await StartAsync(app, "grace");
        await grace.WatchAsync(documentIds: ["notes"], cancellationToken: Cancellation);

        notes.Insert(0, "Hello");
        await UntilAsync(grace, "ada", user => user.Status == PresenceStatus.Editing);
        await notes.DisposeAsync();

        await UntilAsync(grace, users => users.Count == 0);
    }

    [Fact]
    public async Task Connection_ThatIsCut_IsMadeAnewWithStatusAndWatches()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var ada = await StartAsync(app, "ada", "ada-laptop", proxy.Address);
        await using var linus = await StartAsync(app, "linus");
        await ada.SetStatusAsync(PresenceStatus.Busy, "writing", cancellationToken: Cancellation);
        await ada.WatchAsync(["linus", "ada"], cancellationToken: Cancellation);

        proxy.IsDown = true;
        proxy.Cut();
        await linus.SetStatusAsync(PresenceStatus.Busy, "too", cancellationToken: Cancellation);
        await linus.WatchAsync(["ada"], cancellationToken: Cancellation);
        await UntilAsync(linus, "ada", user => user.Devices.Count == 0);
        proxy.IsDown = false;

        await UntilAsync(ada, "linus", user => user.Status == PresenceStatus.Busy);
        await UntilAsync(ada, "ada", user => user is { Status: PresenceStatus.Busy, Text: "writing" });
        await linus.SetStatusAsync(PresenceStatus.Away, cancellationToken: Cancellation);
        await UntilAsync(ada, "linus", user => user.Status == PresenceStatus.Away);
    }

    [Fact]
    public async Task Watch_ThatIsRefused_LeavesTheOthers()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var ada = await StartAsync(app, "ada", through: proxy.Address);
        await ada.WatchAsync(["ada"], cancellationToken: Cancellation);

        var refusal = await Assert.ThrowsAsync<CollabClientException>(() => ada.WatchAsync(["linus"], ["nowhere"], cancellationToken: Cancellation));
        Assert.Equal("document_not_found", refusal.Code);
        proxy.Cut();
        // the call may meet the cut; what it says is said again then
        await Record.ExceptionAsync(() => ada.SetStatusAsync(PresenceStatus.Away, cancellationToken: Cancellation));

        await UntilAsync(ada, "ada", user => user.Status == PresenceStatus.Away);
        Assert.Equal(["ada"], ada.Users.Select(user => user.UserId));
    }

    private static async Task<PresenceClient> StartAsync(TestApp app, string userId, string? clientId = null, Uri? through = null)
    {
        var token = await app.GetTokenAsync(userId);
        var client = PresenceClient.Create(
            new CollabConnectionOptions { Server = through ?? app.Address, AccessToken = _ => ValueTask.FromResult<string?>(token), ClientId = clientId ?? Guid.NewGuid().ToString("N") },
            ClientTestExtensions.Impatient);
        await client.StartAsync(TestContext.Current.CancellationToken);
        return client;
    }

    private static Task UntilAsync(PresenceClient client, string userId, Func<PresenceUser, bool> isSo) =>
        UntilAsync(client, users => users.Any(user => user.UserId == userId && isSo(user)));

    private static async Task UntilAsync(PresenceClient client, Func<IReadOnlyList<PresenceUser>, bool> isSo)
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs change)
        {
            if (isSo(client.Users))
                happened.TrySetResult();
        }

        client.Changed += Look;
        Look(client, EventArgs.Empty);
        await happened.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        client.Changed -= Look;
    }
}
