using RealtimeCollab.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>Edits that were not sent when the client ended, and the next client.</summary>
public sealed class KeptEditsTests
{
    [Fact]
    public async Task EditsMadeOffline_OfAClientThatEnded_AreSentOnceByTheNext()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var bob = await app.StartClientAsync("bob");
        var store = new MemoryEditStore();
        var his = await bob.EditAsync("d");
        await using (var alice = await StartAsync(app, proxy.Address, store, "alice"))
        {
            var hers = await alice.EditAsync("d");
            hers.Insert(0, "saved ");
            await hers.SettleAsync();
            proxy.SwallowsAnswers = true;
            hers.Insert(6, "sent ");
            await his.UntilAsync(document => document.Text == "saved sent ");
            proxy.IsDown = true;
            proxy.Cut();
            await hers.UntilAsync(document => document.State == DocumentState.Offline);
            hers.Insert(11, "unsent ");
            his.Insert(0, "his ");
            await his.SettleAsync();
        }

        (proxy.IsDown, proxy.SwallowsAnswers) = (false, false);
        await using var next = await StartAsync(app, proxy.Address, store, "alice");
        var again = await next.EditAsync("d");
        await ClientTestExtensions.SettleAsync(again, his);

        Assert.Equal("his saved sent unsent ", his.Text);
        Assert.Equal(his.Text, again.Text);
        Assert.Equal(4, his.Revision);
    }

    [Fact]
    public async Task Document_WithKeptEdits_OpensWithoutAConnection()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        var store = new MemoryEditStore();
        await using (var alice = await StartAsync(app, proxy.Address, store, "alice"))
        {
            var hers = await alice.EditAsync("d");
            proxy.IsDown = true;
            proxy.Cut();
            await hers.UntilAsync(document => document.State == DocumentState.Offline);
            hers.Insert(0, "first ");
        }

        await using var next = Client(app, proxy.Address, store, "alice");
        next.Start();
        var again = await next.EditAsync("d");
        Assert.Equal(DocumentState.Offline, again.State);
        Assert.Equal("first ", again.Text);
        again.Insert(6, "second");
        proxy.IsDown = false;
        await again.SettleAsync();

        Assert.Equal("first second", again.Text);
        Assert.Equal(2, again.Revision);
    }

    [Fact]
    public async Task Document_LeftWithEverythingSaved_LeavesNothingInTheStore()
    {
        await using var app = await TestApp.StartAsync();
        var store = new MemoryEditStore();
        await using (var alice = await StartAsync(app, app.Address, store, "alice"))
        {
            var hers = await alice.EditAsync("d");
            hers.Insert(0, "saved");
            await hers.SettleAsync();
        }

        await using var journal = await store.OpenAsync("d", TestContext.Current.CancellationToken);
        Assert.Empty(await journal.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task KeptEdits_OfAnotherUser_AreAConflictAndNotSent()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        var store = new MemoryEditStore();
        await using (var alice = await StartAsync(app, proxy.Address, store, "alice"))
        {
            var hers = await alice.EditAsync("d");
            proxy.IsDown = true;
            proxy.Cut();
            await hers.UntilAsync(document => document.State == DocumentState.Offline);
            hers.Insert(0, "hers");
        }

        proxy.IsDown = false;
        await using var bob = await StartAsync(app, proxy.Address, store, "bob");
        var his = await bob.EditAsync("d");
        await his.UntilAsync(document => document.State == DocumentState.Conflict);

        Assert.Equal(ErrorCodes.PermissionDenied, his.Conflict!.Code);
        Assert.Equal("hers", his.Conflict.Content.ToString());
        await his.ResolveConflictAsync(ConflictResolution.Discard, TestContext.Current.CancellationToken);
        await his.SettleAsync();
        Assert.Equal("", his.Text);
    }

    [Fact]
    public async Task Document_OpenWithTheSameStoreElsewhere_IsRefusedWithACode()
    {
        await using var app = await TestApp.StartAsync();
        var store = new MemoryEditStore();
        await using var alice = await StartAsync(app, app.Address, store, "alice");
        await using var second = await StartAsync(app, app.Address, store, "alice");
        await alice.EditAsync("d");

        var failure = await Assert.ThrowsAsync<CollabClientException>(() => second.EditAsync("d"));

        Assert.Equal(CollabClientException.EditStoreFailed, failure.Code);
    }

    [Fact]
    public async Task Process_KilledWhileTypingOffline_LosesNoWordThatItKept()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        var edits = Directory.CreateTempSubdirectory("collab-edits-");
        int kept;
        await using (var bot = BotProcess.Start("d", proxy.Address, "alice", edits))
        {
            await bot.ReadKeptAsync(words: 30);
            proxy.IsDown = true;
            proxy.Cut();
            await bot.ReadUntilAsync(line => line == "state Offline");
            kept = await bot.ReadKeptAsync(words: 30);
            await bot.KillAsync();
        }

        proxy.IsDown = false;
        await using var alice = await StartAsync(app, proxy.Address, new FileEditStore(edits.FullName), "alice");
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        await hers.SettleAsync();
        var his = await bob.EditAsync("d");

        var words = his.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(words.Length, kept, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, words.Length).Select(word => $"word{word}"), words);
        await alice.DisposeAsync();
        edits.Delete(recursive: true);
    }

    private static async Task<CollabClient> StartAsync(TestApp app, Uri through, IEditStore store, string user)
    {
        var client = Client(app, through, store, user);
        await client.StartAsync(TestContext.Current.CancellationToken);
        return client;
    }

    private static CollabClient Client(TestApp app, Uri through, IEditStore store, string user) => CollabClient.Create(
        new CollabConnectionOptions { Server = through, AccessToken = async _ => await app.GetTokenAsync(user) },
        ClientTestExtensions.Impatient with { EditStore = store });
}
