using System.Collections.Concurrent;
using RealtimeCollab.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>Tokens run out; sessions do not.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task Token_ThatRunsOutAgainAndAgain_IsReplacedAndNoEditIsLost()
    {
        // on this server's clock the tokens are in force, on the transport's they have run out: each connection is closed after a moment
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = new LateClock() });
        await using var bob = await app.StartClientAsync("bob");
        var asked = 0;
        await using var alice = Client(app, async () =>
        {
            asked++;
            return await app.GetTokenAsync("alice");
        });
        var errors = new ConcurrentQueue<string>();
        alice.ErrorOccurred += (_, failure) => errors.Enqueue(failure.Error.Code);
        await alice.StartAsync(TestContext.Current.CancellationToken);
        var clientId = alice.Welcome!.ClientId;
        var hers = await alice.EditAsync("d");
        hers.ErrorOccurred += (_, failure) => errors.Enqueue(failure.Error.Code);
        var states = new ConcurrentQueue<DocumentState>();
        hers.StateChanged += (_, change) => states.Enqueue(change.State);
        var expected = "";

        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        for (var edits = 0; asked < 4; edits++)
        {
            Assert.False(patience.IsCancellationRequested, "no connection was closed");
            hers.Insert(hers.Length, $"{edits} ");
            expected += $"{edits} ";
            await hers.WaitUntilSavedAsync(TestContext.Current.CancellationToken).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        }

        var his = await bob.EditAsync("d");
        Assert.Equal(expected, his.Text);
        Assert.Empty(errors);
        Assert.DoesNotContain(DocumentState.Offline, states);
        await hers.SettleAsync();
        Assert.Equal(clientId, alice.Welcome?.ClientId ?? clientId);
    }

    [Fact]
    public async Task Token_ThatIsRefusedForAWhile_IsAskedForUntilItIsGood()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        var asked = 0;
        await using var alice = Client(app, async () => asked++ is 1 or 2 ? "run out" : await app.GetTokenAsync("alice"), proxy.Address);
        var errors = new ConcurrentQueue<string>();
        alice.ErrorOccurred += (_, failure) => errors.Enqueue(failure.Error.Code);
        await alice.StartAsync(TestContext.Current.CancellationToken);
        var hers = await alice.EditAsync("d");

        proxy.Cut();
        await hers.UntilAsync(document => document.State == DocumentState.Offline);
        hers.Insert(0, "typed without a token");
        await hers.SettleAsync();

        Assert.Equal(4, asked);
        Assert.Equal([ErrorCodes.Unauthenticated, ErrorCodes.Unauthenticated], errors);
        Assert.Equal(1, hers.Revision);
    }

    [Fact]
    public async Task Client_ToldToGiveUp_DoesAndCanBeStartedAgain()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var alice = Client(app, () => app.GetTokenAsync("alice"), proxy.Address, maxReconnectAttempts: 3);
        var failed = 0;
        var gaveUp = new TaskCompletionSource();
        alice.ErrorOccurred += (_, _) =>
        {
            if (++failed == 3)
                gaveUp.SetResult();
        };
        await alice.StartAsync(TestContext.Current.CancellationToken);
        var hers = await alice.EditAsync("d");

        proxy.IsDown = true;
        proxy.Cut();
        await gaveUp.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        hers.Insert(0, "kept");
        proxy.IsDown = false;
        Assert.False(alice.IsConnected);
        await alice.StartAsync(TestContext.Current.CancellationToken);
        await hers.SettleAsync();

        Assert.Equal(3, failed);
        Assert.Equal(1, hers.Revision);
    }

    private static CollabClient Client(TestApp app, Func<Task<string>> token, Uri? through = null, int? maxReconnectAttempts = null) => CollabClient.Create(
        new CollabConnectionOptions { Server = through ?? app.Address, AccessToken = async _ => await token() },
        ClientTestExtensions.Impatient with { MaxReconnectAttempts = maxReconnectAttempts });

    /// <summary>Further behind than a token lives, and else like any clock.</summary>
    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromDays(40);
    }
}
