using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>On which threads a document changes and tells.</summary>
public sealed class ThreadTests
{
    [Fact]
    public async Task Document_OpenedInAUserInterface_ChangesAndTellsOnlyThere()
    {
        using var ui = new UiThread();
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var his = await bob.EditAsync("d");
        var elsewhere = 0;
        var hers = await ui.RunAsync(async () =>
        {
            var document = await alice.EditAsync("d");
            document.Changed += (_, _) => elsewhere += ui.IsCurrent ? 0 : 1;
            document.StateChanged += (_, _) => elsewhere += ui.IsCurrent ? 0 : 1;
            document.PeopleChanged += (_, _) => elsewhere += ui.IsCurrent ? 0 : 1;
            return document;
        });

        await ui.RunAsync(() =>
        {
            his.Insert(0, "his");
            // as long as her thread is busy, nothing moves under it: an edit for what it has read fits
            his.WaitUntilSavedAsync(TestContext.Current.CancellationToken).Wait(Patience.Limit, TestContext.Current.CancellationToken);
            Assert.Equal("", hers.Text);
            hers.Insert(0, "hers ");
            Assert.Equal("hers ", hers.Text);
            return Task.FromResult(true);
        });
        await ClientTestExtensions.SettleAsync(hers, his);

        Assert.Equal(his.Text, hers.Text);
        Assert.Equal(8, hers.Length);
        Assert.Equal(0, elsewhere);
    }

    [Fact]
    public async Task Document_OfAUserInterface_EditedFromElsewhere_IsEditedThere()
    {
        using var ui = new UiThread();
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        var changedThere = new List<bool>();
        var hers = await ui.RunAsync(async () =>
        {
            var document = await alice.EditAsync("d");
            document.Changed += (_, _) => changedThere.Add(ui.IsCurrent);
            return document;
        });

        hers.Insert(0, "a");
        Assert.Equal("a", hers.Text);
        Assert.Throws<OperationalTransform.OperationException>(() => hers.Insert(5, "b"));

        await hers.SettleAsync();
        Assert.Equal([true], changedThere);
    }

    [Fact]
    public async Task Document_OpenedWithoutCapturing_TellsOnAnyThread()
    {
        using var ui = new UiThread();
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var his = await bob.EditAsync("d");
        var heard = new TaskCompletionSource<bool>();
        var hers = await ui.RunAsync(async () => await alice.OpenAsync(
            "d", new OpenDocumentOptions { CaptureContext = false }, TestContext.Current.CancellationToken));
        hers.Changed += (_, _) => heard.TrySetResult(ui.IsCurrent);

        his.Insert(0, "his");

        Assert.False(await heard.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
    }
}
