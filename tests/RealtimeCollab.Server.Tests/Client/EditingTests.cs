using RealtimeCollab.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The real client against the real server over real sockets, on a good network.</summary>
public sealed class EditingTests
{
    [Fact]
    public async Task TwoClients_EditingAtOnce_Converge()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");

        for (var i = 0; i < 50; i++)
        {
            hers.Insert(0, "a");
            his.Edit(content => TextOperation.Replace(content.Length, content.Length, 0, "b"));
        }

        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal(hers.Text, his.Text);
        Assert.Equal(50, hers.Text.Count(unit => unit == 'a'));
        Assert.Equal(50, hers.Text.Count(unit => unit == 'b'));
    }

    [Fact]
    public async Task People_OfADocumentOpenedAlone_AreOneself()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");

        var hers = await alice.EditAsync("d");
        await hers.UntilAsync(document => document.People.Length > 0);

        Assert.Equal(("alice", true), (Assert.Single(hers.People).UserId, hers.People[0].IsSelf));
    }

    [Fact]
    public async Task Document_MadeWithInitialText_IsFoundByTheNext()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice", placement: AccessTokenPlacement.Query);
        await using var bob = await app.StartClientAsync("bob");
        var cancellation = TestContext.Current.CancellationToken;

        var hers = await alice.OpenAsync("d", new OpenDocumentOptions { InitialText = "hello" }, cancellation);
        var his = await bob.OpenAsync("d", new OpenDocumentOptions { ReadOnly = true }, cancellation);

        Assert.Equal("hello", hers.Text);
        Assert.Equal("hello", his.Text);
        Assert.Throws<CollabClientException>(() => his.Insert(0, "x"));
    }

    [Fact]
    public async Task SeveralDocuments_OverOneConnection_AreKeptApart()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var hers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => alice.EditAsync($"d{i}")));
        var his = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => bob.EditAsync($"d{i}")));

        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                hers[i].Insert(0, $"{i}");
                his[i].Insert(0, $"{i}");
            }
        }

        for (var i = 0; i < 5; i++)
        {
            await ClientTestExtensions.SettleAsync(hers[i], his[i]);
            Assert.Equal(new string((char)('0' + i), 20), hers[i].Text);
            Assert.Equal(hers[i].Text, his[i].Text);
        }
    }

    [Fact]
    public async Task Paste_LargerThanTheServerTakes_ArrivesInPieces()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");
        var paste = string.Concat(Enumerable.Repeat("Ünïcödé \"quotes\" 😀\n", 60_000));

        hers.Insert(0, paste);
        await ClientTestExtensions.SettleAsync(hers, his);

        Assert.True(hers.Revision > 1);
        Assert.Equal(paste.Length, his.Content.Length);
        Assert.Equal(paste, his.Text);
    }

    [Fact]
    public async Task Selections_OfAnother_AreSeenWhereTheyAre()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");
        hers.Insert(0, "hello");
        await ClientTestExtensions.SettleAsync(hers, his);

        his.Select(new Selection(SelectionRange.Cursor(5)));
        await hers.UntilAsync(document => document.Others() is [{ UserId: "bob", Selection.Ranges: [{ Head: 5 }] }]);
        hers.Insert(0, "oh, ");
        Assert.Equal(9, hers.Others()[0].Selection!.Ranges[0].Head);

        await his.DisposeAsync();
        await hers.UntilAsync(document => document.Others().Count == 0);
    }

    [Fact]
    public async Task Handler_ThatFails_DoesNotStopTheDocument()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        var hers = await alice.EditAsync("d");
        hers.Changed += (_, _) => throw new InvalidOperationException("A handler's own fault.");

        hers.Insert(0, "a");
        hers.Insert(1, "b");
        await hers.SettleAsync();

        Assert.Equal("ab", hers.Text);
    }

    [Fact]
    public async Task Handler_ThatEdits_MayCallTheDocument()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        var hers = await alice.EditAsync("d");
        var told = new List<string>();
        hers.Changed += (_, change) =>
        {
            told.Add(change.Content.ToString());
            if (change.Content.Length < 3)
                hers.Insert(0, "x");
        };

        hers.Insert(0, "a");
        await hers.SettleAsync();

        Assert.Equal("xxa", hers.Text);
        Assert.Equal(["a", "xa", "xxa"], told);
    }
}
