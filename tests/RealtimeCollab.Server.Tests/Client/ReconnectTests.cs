using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The real client behind a proxy that cuts.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task Client_CutAgainAndAgainWhileTyping_LosesAndDoublesNothing()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var alice = await app.StartClientAsync("alice", proxy.Address);
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");
        var expected = new System.Text.StringBuilder();

        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                var mark = (char)(0x4e00 + (round * 20) + i);
                hers.Insert(hers.Content.Length, mark.ToString());
                expected.Append(mark);
            }

            proxy.Cut();
            if (round % 3 == 0)
                await hers.SettleAsync();
        }

        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal(expected.ToString(), hers.Text);
        Assert.Equal(expected.ToString(), his.Text);
        Assert.True(proxy.Accepted > 1);
    }

    [Fact]
    public async Task Operation_WhoseAnswerIsLost_IsInTheDocumentOnce()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var alice = await app.StartClientAsync("alice", proxy.Address);
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");

        proxy.SwallowsAnswers = true;
        hers.Insert(0, "once");
        await his.UntilAsync(document => document.Text == "once");
        Assert.True(hers.HasUnsavedEdits);
        proxy.Cut();
        proxy.SwallowsAnswers = false;

        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal("once", hers.Text);
        Assert.Equal("once", his.Text);
        Assert.Equal(1, hers.Revision);
    }

    [Fact]
    public async Task EditsMadeOffline_AndThoseOfOthersMeanwhile_MeetOnReturn()
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var alice = await app.StartClientAsync("alice", proxy.Address);
        await using var bob = await app.StartClientAsync("bob");
        var hers = await alice.EditAsync("d");
        var his = await bob.EditAsync("d");
        hers.Insert(0, "middle");
        await ClientTestExtensions.SettleAsync(hers, his);

        proxy.IsDown = true;
        proxy.Cut();
        await hers.UntilAsync(document => document.State == DocumentState.Offline);
        Assert.False(alice.IsConnected);
        hers.Insert(0, "start ");
        his.Insert(6, " end");
        await his.SettleAsync();
        Assert.Equal("start middle", hers.Text);
        proxy.IsDown = false;

        await ClientTestExtensions.SettleAsync(hers, his);
        Assert.Equal("start middle end", hers.Text);
        Assert.Equal("start middle end", his.Text);
    }
}
