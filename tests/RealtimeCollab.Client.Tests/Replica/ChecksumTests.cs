using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class ChecksumTests
{
    private const string AnotherHash = "0000000000000000";

    // the client opened the one, the server has the other
    private readonly ScriptedServer _opened = new("one two three");
    private readonly ScriptedServer _server = new("zero one two three four");

    [Fact]
    public void Checksum_OfTheSameContent_ChangesNothing()
    {
        var client = ReplicaScript.Open(_server);

        Tell(client, _server);

        Assert.Empty(client.All<ReplicaOutput>());
    }

    [Fact]
    public void Checksum_OfOtherContent_IsReportedAndTheContentLoadedAnew()
    {
        var client = ReplicaScript.Open(_opened);

        Tell(client, _server);

        var mismatch = client.Only<ChecksumMismatched>().Mismatch;
        Assert.Equal((ScriptedServer.DocumentId, 0), (mismatch.DocumentId, mismatch.Revision));
        Assert.Equal((_opened.Content.ComputeHash(), _server.Content.ComputeHash()), (mismatch.LocalHash, mismatch.ServerHash));
        Assert.Null(client.Only<JoinDocument>().SinceRevision);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);

        client.Join(_server.Snapshot());

        Assert.Equal("zero one two three four", client.Text);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
        var change = client.Only<ContentChanged>().Change;
        Assert.Equal(ChangeOrigin.Reload, change.Origin);
        Assert.Equal(client.Text, _opened.Content.Apply(change.Operation).ToString());
    }

    [Fact]
    public void Edits_MadeWhileTheContentIsLoadedAnew_GoOnWhereTheyBelong()
    {
        var client = ReplicaScript.Open(_opened);
        Tell(client, _server);
        client.Type(7, "!");
        client.Type(8, "?");
        Assert.Empty(client.All<SubmitPending>());

        client.Join(_server.Snapshot());

        Assert.Equal("zero one two!? three four", client.Text);
        _server.Submit(client.Only<SubmitPending>().Request);
        client.Hear([.. _server.Log]);
        _server.Submit(client.All<SubmitPending>()[1].Request);
        client.Hear([.. _server.Log]);
        Assert.Equal(client.Text, _server.Content.ToString());
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
        Assert.Equal(client.Text, client.All<ContentChanged>().Aggregate(_opened.Content, (content, told) => content.Apply(told.Change.Operation)).ToString());
    }

    [Fact]
    public void Entries_ComingWhileTheContentIsLoadedAnew_AreAppliedOnce()
    {
        var client = ReplicaScript.Open(_opened);
        Tell(client, _server);
        client.Hear(_server.Commit(0, 0, "A"));
        var snapshot = _server.Snapshot();
        client.Hear(_server.Commit(0, 0, "B"));
        Assert.Equal("one two three", client.Text);

        client.Join(snapshot);

        Assert.Equal("BAzero one two three four", client.Text);
        Assert.Equal(2, client.Replica.Revision);
    }

    [Fact]
    public void Connection_LostWhileTheContentIsLoadedAnew_DelaysIt()
    {
        var client = ReplicaScript.Open(_opened);
        Tell(client, _server);
        client.Type(0, "!");
        client.Forget();
        client.Reconnect();
        Assert.Null(client.Only<JoinDocument>().SinceRevision);

        client.Join(_server.Snapshot());

        Assert.Contains("!", client.Text, StringComparison.Ordinal);
        Assert.Equal(DocumentState.Saving, client.Replica.State);
    }

    [Fact]
    public void Node_ThatIsBehind_IsNotTakenForTheServersContent()
    {
        _opened.Commit(0, 0, "x");
        _server.Commit(0, 0, "y");
        var client = ReplicaScript.Open(_opened);
        Tell(client, _server);
        client.Forget();

        client.Join(new ScriptedServer("old").Snapshot());

        Assert.Equal("xone two three", client.Text);
        Assert.Null(client.Only<JoinDocument>().SinceRevision);
        client.Join(_server.Snapshot());
        Assert.Equal("yzero one two three four", client.Text);
    }

    [Fact]
    public void Right_LostWhileTheContentIsLoadedAnew_HandsTheEditsBack()
    {
        var client = ReplicaScript.Open(_opened);
        Tell(client, _server);
        client.Type(0, "!");

        client.RefuseJoin(ErrorCodes.PermissionDenied);

        Assert.Equal([TextOperation.Replace(13, 0, 0, "!")], client.Only<ClosedForGood>().Closing.Operations);
        Assert.Equal("!one two three", client.Text);
    }

    [Fact]
    public void Checksum_ThatIsNeverRight_IsReportedOnceForEachRevision()
    {
        var client = ReplicaScript.Open(_server);
        for (var beat = 0; beat < 3; beat++)
        {
            client.Replica.ChecksumSeen(new DocumentChecksum { Revision = _server.Head, Hash = AnotherHash });
            if (beat == 0)
                client.Join(_server.Snapshot());
        }

        client.Only<ChecksumMismatched>();
        client.Hear(_server.Commit(0, 0, "x"));
        client.Replica.ChecksumSeen(new DocumentChecksum { Revision = _server.Head, Hash = AnotherHash });
        Assert.Equal([0, 1], client.All<ChecksumMismatched>().Select(output => output.Mismatch.Revision));
    }

    [Fact]
    public void Checksum_WithEditsPending_IsNotCompared()
    {
        var client = ReplicaScript.Open(_opened);
        client.Type(0, "!");

        Tell(client, _server);
        client.Replica.Submitted(_opened.Submit(client.Only<SubmitPending>().Request));
        Tell(client, _server);

        Assert.Empty(client.All<ChecksumMismatched>());
    }

    [Fact]
    public void Checksum_OfAnotherRevision_IsNotCompared()
    {
        var client = ReplicaScript.Open(_opened);

        client.Replica.ChecksumSeen(new DocumentChecksum { Revision = 1, Hash = AnotherHash });

        Assert.Empty(client.All<ReplicaOutput>());
    }

    [Theory]
    [InlineData(ContentCheck.LongestCompared, 1)]
    [InlineData(ContentCheck.LongestCompared + 1, 0)]
    public void Checksum_OfALongDocument_IsComparedUpToALimit(int length, int found)
    {
        var client = ReplicaScript.Open(new ScriptedServer(new string('x', length)));

        client.Replica.ChecksumSeen(new DocumentChecksum { Revision = 0, Hash = AnotherHash });

        Assert.Equal(found, client.All<ChecksumMismatched>().Count);
    }

    private static void Tell(ReplicaScript client, ScriptedServer server) =>
        client.Replica.ChecksumSeen(new DocumentChecksum { Revision = server.Head, Hash = server.Content.ComputeHash() });
}
