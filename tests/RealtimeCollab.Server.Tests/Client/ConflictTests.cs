using RealtimeCollab.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The real client, and a server that was set back to a backup.</summary>
public sealed class ConflictTests
{
    [Theory]
    [InlineData(ConflictResolution.Discard, "old")]
    [InlineData(ConflictResolution.Merge, "old three")]
    [InlineData(ConflictResolution.Overwrite, "one two three")]
    public async Task RestoredServer_WithEditsPending_IsAConflictThatTheApplicationResolves(ConflictResolution resolution, string expected)
    {
        await using var before = await TestApp.StartAsync(WithKey());
        await using var restored = await TestApp.StartAsync(WithKey());
        await using var proxy = new CuttingProxy(before.Address);
        await using var alice = await before.StartClientAsync("alice", proxy.Address);
        await using var bob = await restored.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        await TypeAsync(hers, "one", " two");
        var his = await bob.EditAsync("d");
        await TypeAsync(his, "old");
        var conflicted = new TaskCompletionSource<DocumentConflict>(TaskCreationOptions.RunContinuationsAsynchronously);
        hers.Conflicted += (_, news) => conflicted.TrySetResult(news.Conflict);

        await MoveAsync(proxy, restored, hers, offline: () => hers.Insert(7, " three"));
        var conflict = await conflicted.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.Equal((ErrorCodes.RevisionAhead, "one two three", 2), (conflict.Code, conflict.Content.ToString(), conflict.Revision));
        Assert.Equal(DocumentState.Conflict, hers.State);
        await hers.ResolveConflictAsync(resolution, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await ClientTestExtensions.SettleAsync(hers, his);

        Assert.Equal((expected, expected), (hers.Text, his.Text));
        Assert.Null(hers.Conflict);
    }

    [Fact]
    public async Task RestoredServer_WithNothingPending_DoesNotTakeTheNewerTextAway()
    {
        await using var before = await TestApp.StartAsync(WithKey());
        await using var restored = await TestApp.StartAsync(WithKey());
        await using var proxy = new CuttingProxy(before.Address);
        await using var alice = await before.StartClientAsync("alice", proxy.Address);
        var hers = await alice.EditAsync("d");
        await TypeAsync(hers, "since the backup");

        await MoveAsync(proxy, restored, hers, offline: () => { });
        await hers.UntilAsync(document => document.State == DocumentState.Conflict);
        Assert.Equal(("since the backup", null), (hers.Text, hers.Conflict!.Pending));
        await hers.ResolveConflictAsync(ConflictResolution.Overwrite, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await hers.SettleAsync();

        await using var bob = await restored.StartClientAsync("bob");
        Assert.Equal("since the backup", (await bob.EditAsync("d")).Text);
    }

    private static async Task MoveAsync(CuttingProxy proxy, TestApp to, CollabDocument document, Action offline)
    {
        proxy.IsDown = true;
        proxy.Cut();
        await document.UntilAsync(opened => opened.State == DocumentState.Offline);
        offline();
        proxy.Server = to.Address;
        proxy.IsDown = false;
    }

    private static async Task TypeAsync(CollabDocument document, params string[] words)
    {
        foreach (var word in words)
        {
            document.Insert(document.Length, word);
            await document.SettleAsync();
        }
    }

    private static TestAppOptions WithKey() => new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RealtimeCollab:Access:DefaultRole"] = "editor",
            ["RealtimeCollab:Auth:SigningKey"] = "a key that both servers of this test share",
        },
    };
}
