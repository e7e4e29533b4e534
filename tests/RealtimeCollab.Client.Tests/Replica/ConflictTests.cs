using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class ConflictTests
{
    private readonly ScriptedServer _server = new("abc");

    [Theory]
    [InlineData(ErrorCodes.RevisionTooOld)]
    [InlineData(ErrorCodes.PermissionDenied)]
    [InlineData(ErrorCodes.InvalidOperation)]
    [InlineData(ErrorCodes.PayloadTooLarge)]
    [InlineData(ErrorCodes.DocumentTooLarge)]
    public void Submission_RefusedForGood_KeepsThePendingEditsForTheUser(string code)
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        client.Type(4, "?");

        client.RefuseSubmission(code);

        var conflict = client.Replica.Conflict;
        Assert.NotNull(conflict);
        Assert.Equal(DocumentState.Conflict, client.Replica.State);
        Assert.Equal(code, conflict.Code);
        Assert.Equal("abc!?", conflict.Content.ToString());
        Assert.Equal(TextOperation.Replace(3, 3, 0, "!?"), conflict.Pending);
    }

    [Fact]
    public void OperationFailed_AgainAndAgain_BecomesAConflict()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");

        while (client.All<SubmitPending>() is [_] && client.Replica.Conflict is null)
        {
            client.Forget();
            client.RefuseSubmission(ErrorCodes.OperationFailed);
        }

        Assert.Equal(ErrorCodes.OperationFailed, client.Replica.Conflict?.Code);
    }

    [Fact]
    public void ServerBehindTheClient_WithPendingEdits_IsAConflict()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(3, 0, "d"));
        client.Type(4, "!");
        client.Reconnect();

        client.JoinUntilItGivesUp(new ScriptedServer("abc").Snapshot());

        Assert.Equal(ErrorCodes.RevisionAhead, client.Replica.Conflict?.Code);
        Assert.Equal("abcd!", client.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ServerBehindTheClient_WithNothingPending_IsTakenAsItIs(bool refusesTheJoin)
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(3, 0, "d"));
        client.Reconnect();
        var restored = new ScriptedServer("ab");

        client.JoinUntilItGivesUp(refusesTheJoin ? null : restored.Snapshot());
        client.Join(restored.Snapshot());

        Assert.Equal("ab", client.Text);
        Assert.Equal(0, client.Replica.Revision);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }

    [Fact]
    public void ServerBehindForAMoment_WithPendingEdits_IsWaitedFor()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(3, 0, "d"));
        client.Type(4, "!");
        client.Reconnect();
        client.Forget();

        client.Join(new ScriptedServer("abc").Snapshot());
        Assert.Equal(1, client.Only<JoinDocument>().Attempt);
        client.Join(_server.Snapshot(since: 1));

        Assert.Null(client.Replica.Conflict);
        Assert.Equal(DocumentState.Saving, client.Replica.State);
    }

    [Fact]
    public void Entry_ThatDoesNotFitTheContent_IsHealedFromASnapshot()
    {
        var client = ReplicaScript.Open(_server);
        var other = new ScriptedServer("quite another text");

        client.Hear(other.Commit(0, 0, "x"));
        Assert.Null(client.Only<JoinDocument>().SinceRevision);
        client.Join(other.Snapshot());

        Assert.Equal("xquite another text", client.Text);
    }

    [Fact]
    public void Conflict_Discarded_TakesTheServersContentAndGoesOn()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        client.RefuseSubmission(ErrorCodes.RevisionTooOld);
        _server.Commit(0, 3, "xyz");
        client.Forget();

        client.Replica.DiscardPending();
        Assert.Null(client.Only<JoinDocument>().SinceRevision);
        client.Join(_server.Snapshot());
        client.Type(3, "?");

        Assert.Equal("xyz?", client.Text);
        Assert.Null(client.Replica.Conflict);
        Assert.Equal(1, client.Only<SubmitPending>().Request.BaseRevision);
    }

    [Fact]
    public void Conflict_OverReconnects_StaysUntilItIsResolved()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        client.RefuseSubmission(ErrorCodes.RevisionTooOld);
        client.Forget();

        client.Reconnect();
        client.HearAll();
        Assert.Empty(client.All<JoinDocument>());
        Assert.Throws<CollabClientException>(() => client.Type(0, "x"));
        client.Replica.DiscardPending();

        client.Only<JoinDocument>();
    }

    [Theory]
    [InlineData(false, DocumentState.Closed)]
    [InlineData(true, DocumentState.Conflict)]
    public void AccessTakenAway_ClosesOrKeepsWhatIsPending(bool pending, DocumentState expected)
    {
        var client = ReplicaScript.Open(_server);
        if (pending)
            client.Type(3, "!");

        client.Replica.AccessChanged(DocumentRole.None);

        Assert.Equal(expected, client.Replica.State);
        Assert.Throws<CollabClientException>(() => client.Type(0, "x"));
    }
}
