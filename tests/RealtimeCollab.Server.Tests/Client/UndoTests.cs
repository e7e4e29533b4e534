using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

public sealed class UndoTests
{
    [Fact]
    public async Task Undo_OfTwoPeople_TakesBackEachOnesOwn()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.StartClientAsync("alice");
        await using var bob = await app.StartClientAsync("bob");
        var rich = new OpenDocumentOptions { ContentType = ContentType.RichText };
        var hers = await alice.OpenAsync("d", rich, TestContext.Current.CancellationToken);
        var his = await bob.OpenAsync("d", rich, TestContext.Current.CancellationToken);
        hers.Insert(0, "hers");
        await ClientTestExtensions.SettleAsync(hers, his);
        his.Insert(4, " his");
        his.Format(0, 4, AttributeMap.Create(("bold", true)));
        await ClientTestExtensions.SettleAsync(hers, his);

        Assert.True(hers.Undo());
        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal(" his", his.Text);
        Assert.False(hers.CanUndo);
        Assert.True(hers.Redo());
        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal("hers his", his.Text);

        while (his.Undo())
        {
            // as far as it goes
        }

        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal("hers", hers.Text);
    }
}
