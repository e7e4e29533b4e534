using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class OrderingTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public void Entries_OutOfOrder_AreAppliedInOrder()
    {
        var client = ReplicaScript.Open(_server);
        var one = _server.Commit(0, 0, "1");
        var two = _server.Commit(1, 0, "2");
        var three = _server.Commit(2, 0, "3");

        client.Hear(three);
        client.Hear(two);
        Assert.Equal("", client.Text);
        client.Hear(one);

        Assert.Equal("123", client.Text);
        Assert.Equal([1, 2, 3], client.All<ContentChanged>().Select(changed => changed.Change.Entry!.Revision));
    }

    [Fact]
    public void Entry_AfterAGap_AsksOnceForWhatIsMissing()
    {
        var client = ReplicaScript.Open(_server);
        _server.Commit(0, 0, "1");
        var two = _server.Commit(1, 0, "2");
        var three = _server.Commit(2, 0, "3");

        client.Hear(two);
        client.Hear(three);

        var fetch = client.Only<FetchMissing>();
        Assert.Equal(0, fetch.Request.FromRevision);
        client.Fetch(_server.Read(0, limit: 1));
        Assert.Equal("123", client.Text);
    }

    [Fact]
    public void Gap_BehindWhichMoreCameThanCanWait_IsClosed()
    {
        const int entries = 5_000;
        var client = ReplicaScript.Open(_server);
        _server.Commit(0, 0, "x");
        for (var revision = 1; revision < entries; revision++)
            client.Hear(_server.Commit(0, 0, "x"));
        Assert.Equal(0, client.Replica.Revision);

        client.Fetch(_server.Read(0, limit: 1));
        Assert.InRange(client.Replica.Revision, 2, entries - 1);
        client.Fetch(_server.Read(client.All<FetchMissing>()[^1].Request.FromRevision));

        Assert.Equal(entries, client.Replica.Revision);
        Assert.Equal(entries, client.Text.Length);
    }

    [Fact]
    public void Entries_ThatItHas_AreDropped()
    {
        var client = ReplicaScript.Open(_server);
        var one = _server.Commit(0, 0, "1");

        client.Hear(one);
        client.Hear(one);
        client.HearAll();

        Assert.Equal("1", client.Text);
        client.Only<ContentChanged>();
    }

    [Fact]
    public void Entries_BeforeTheSnapshot_WaitForIt()
    {
        var client = new ReplicaScript(_server);
        client.Replica.Connected();
        var one = _server.Commit(0, 0, "1");
        var snapshot = _server.Snapshot();
        var two = _server.Commit(1, 0, "2");

        client.Hear(one);
        client.Hear(two);
        client.Join(snapshot);

        Assert.Equal("12", client.Text);
        Assert.Equal(2, client.Replica.Revision);
    }

    [Fact]
    public void Heartbeat_TellingAHigherHead_FindsTheLostLastMessage()
    {
        var client = ReplicaScript.Open(_server);
        _server.Commit(0, 0, "1");

        client.Replica.HeadSeen(1);
        client.Fetch(_server.Read(client.Only<FetchMissing>().Request.FromRevision));

        Assert.Equal("1", client.Text);
    }

    [Fact]
    public void Heartbeat_FromANodeThatIsBehind_ChangesNothing()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(0, 0, "1"));
        client.Forget();

        client.Replica.HeadSeen(0);

        Assert.Empty(client.All<ReplicaOutput>());
    }

    [Fact]
    public void Fetch_InPages_GoesOnUntilTheHead()
    {
        var client = ReplicaScript.Open(_server);
        for (var i = 0; i < 5; i++)
            _server.Commit(i, 0, "x");

        client.Replica.HeadSeen(5);
        while (client.All<FetchMissing>() is [var fetch])
        {
            client.Forget();
            client.Fetch(_server.Read(fetch.Request.FromRevision, limit: 2));
        }

        Assert.Equal("xxxxx", client.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fetch_ThatFailsOrIsEmpty_IsMadeAgainLater(bool isEmpty)
    {
        var client = ReplicaScript.Open(_server);
        _server.Commit(0, 0, "1");
        client.Replica.HeadSeen(1);
        client.Forget();

        if (isEmpty)
            client.Fetch(_server.Read(1));
        else
            client.RefuseFetch(ErrorCodes.StoreUnavailable);

        Assert.Equal(1, client.Only<FetchMissing>().Attempt);
    }

    [Fact]
    public void Echo_MissingAmongLaterEntries_KeepsTheNextEditBack()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(0, "a");
        _server.Submit(client.Only<SubmitPending>().Request);
        client.Type(1, "b");
        client.Forget();

        client.Hear(_server.Commit(1, 0, "z"));
        Assert.Empty(client.All<SubmitPending>());
        client.Fetch(_server.Read(0));

        Assert.Equal("abz", client.Text);
        Assert.Equal(2, client.Only<SubmitPending>().Request.BaseRevision);
    }
}
