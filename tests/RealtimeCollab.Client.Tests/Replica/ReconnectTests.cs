using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class ReconnectTests
{
    private readonly ScriptedServer _server = new("abc");

    [Fact]
    public void Reconnect_AsksForWhatCameSinceItsRevision()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(3, 0, "d"));
        client.Reconnect();
        _server.Commit(4, 0, "e");

        Assert.Equal(1, client.Only<JoinDocument>().SinceRevision);
        Assert.Equal(DocumentState.Offline, client.Replica.State);
        client.Join(_server.Snapshot(since: 1));

        Assert.Equal("abcde", client.Text);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }

    [Fact]
    public void OperationInFlight_LostOnTheWay_IsSentAgainExactlyAsItWas()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        var first = client.Only<SubmitPending>().Request;
        client.Hear(_server.Commit(0, 0, "x"));
        client.Forget();

        client.Reconnect();
        client.Join(_server.Snapshot(since: 1));

        var again = client.Only<SubmitPending>().Request;
        Assert.Same(first, again);
        Assert.Equal(0, again.BaseRevision);
        _server.Submit(again);
        client.HearAll();
        Assert.Equal("xabc!", client.Text);
        Assert.Equal(client.Text, _server.Content.ToString());
    }

    [Fact]
    public void OperationInFlight_AmongTheMissedEntries_IsRecognisedAndNotSentAgain()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        _server.Submit(client.Only<SubmitPending>().Request);
        client.Forget();

        client.Reconnect();
        client.Join(_server.Snapshot(since: 0));

        Assert.Empty(client.All<SubmitPending>());
        Assert.Equal("abc!", client.Text);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }

    [Fact]
    public void OperationInFlight_CommittedByTheOldConnectionAfterTheJoin_CountsOnce()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        var request = client.Only<SubmitPending>().Request;
        client.Reconnect();
        client.Join(_server.Snapshot(since: 0));

        _server.Submit(request);
        client.Replica.Submitted(_server.Submit(request));
        client.HearAll();

        Assert.Equal("abc!", _server.Content.ToString());
        Assert.Equal("abc!", client.Text);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }

    [Fact]
    public void EditsMadeOffline_AreSentOnReturnWithAFreshBase()
    {
        var client = ReplicaScript.Open(_server);
        client.Replica.Disconnected();
        client.Type(3, "!");
        client.Type(4, "?");
        Assert.Empty(client.All<SubmitPending>());
        _server.Commit(0, 0, "x");

        client.Replica.Connected();
        client.Join(_server.Snapshot(since: 0));

        var request = client.Only<SubmitPending>().Request;
        Assert.Equal(1, request.BaseRevision);
        Assert.Equal("xabc!?", client.Text);
    }

    [Fact]
    public void Gap_TooLongForTheJoin_IsFetchedBeforePendingEditsAreSent()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        client.Reconnect();
        for (var i = 0; i < 3; i++)
            _server.Commit(0, 0, "x");
        client.Forget();

        client.Join(_server.Snapshot());
        Assert.Empty(client.All<SubmitPending>());
        Assert.Equal(DocumentState.Offline, client.Replica.State);
        client.Fetch(_server.Read(client.Only<FetchMissing>().Request.FromRevision));

        Assert.Equal("xxxabc!", client.Text);
        Assert.Equal(0, client.Only<SubmitPending>().Request.BaseRevision);
    }

    [Fact]
    public void Snapshot_WithNothingPending_ReplacesTheContentInOneChange()
    {
        var client = ReplicaScript.Open(_server);
        client.Reconnect();
        _server.Commit(0, 3, "xyz");
        client.Forget();

        client.Join(_server.Snapshot());

        var change = client.Only<ContentChanged>().Change;
        Assert.Equal(ChangeOrigin.Reload, change.Origin);
        Assert.Equal("xyz", Document.FromText("abc").Apply(change.Operation).ToString());
        Assert.Equal("xyz", client.Text);
    }

    [Theory]
    [InlineData(ErrorCodes.RateLimited)]
    [InlineData(ErrorCodes.StoreUnavailable)]
    [InlineData(ErrorCodes.ServerDraining)]
    [InlineData(ErrorCodes.OperationFailed)]
    [InlineData(CollabClientException.ConnectionLost)]
    public void Submission_FailingForNow_IsMadeAgainTheSameAndLater(string code)
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        var first = client.Only<SubmitPending>();
        client.Forget();

        client.RefuseSubmission(code);

        var again = client.Only<SubmitPending>();
        Assert.Same(first.Request, again.Request);
        Assert.Equal(1, again.Attempt);
    }

    [Fact]
    public void Submission_FromAConnectionThatTheServerForgot_LeadsToANewJoin()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        var first = client.Only<SubmitPending>();
        client.Forget();

        client.RefuseSubmission(ErrorCodes.SessionNotFound);
        Assert.Equal(0, client.Only<JoinDocument>().SinceRevision);
        client.Join(_server.Snapshot(since: 0));

        Assert.Same(first.Request, client.Only<SubmitPending>().Request);
    }

    [Fact]
    public void Submission_ThatTheServerKeepsCallingAhead_BecomesAConflict()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");

        for (var i = 0; i < 10 && client.Replica.Conflict is null; i++)
        {
            client.RefuseSubmission(ErrorCodes.RevisionAhead);
            if (client.Replica.Conflict is null)
                client.Join(_server.Snapshot(since: 0));
        }

        Assert.Equal(ErrorCodes.RevisionAhead, client.Replica.Conflict?.Code);
    }

    [Fact]
    public void Join_FailingForNow_IsMadeAgainLater()
    {
        var client = new ReplicaScript(_server);
        client.Replica.Connected();
        client.Forget();

        client.RefuseJoin(ErrorCodes.StoreUnavailable);
        Assert.Equal(1, client.Only<JoinDocument>().Attempt);
        client.Forget();
        client.RefuseJoin(CollabClientException.ConnectionLost);

        Assert.Equal(2, client.Only<JoinDocument>().Attempt);
    }

    [Fact]
    public void Join_RefusedForGood_ClosesTheDocument()
    {
        var client = new ReplicaScript(_server);
        client.Replica.Connected();

        client.RefuseJoin(ErrorCodes.PermissionDenied);

        Assert.Equal(DocumentState.Offline, client.Replica.State);
        Assert.Equal(ErrorCodes.PermissionDenied, client.Replica.ClosedReason);
    }

    [Fact]
    public void Move_ToTheNextConnection_ShowsNothing()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "!");
        client.Replica.Disconnected(isMoving: true);
        client.Replica.Connected();
        client.Join(_server.Snapshot(since: 0));

        Assert.Equal(DocumentState.Saving, client.Only<StateChanged>().State);
        Assert.Equal("abc!", client.Text);
    }

    [Fact]
    public void Move_ThatDoesNotSucceed_IsOffline()
    {
        var client = ReplicaScript.Open(_server);
        client.Replica.Disconnected(isMoving: true);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
        Assert.False(client.Replica.IsAtRest);

        client.Replica.Disconnected();

        Assert.Equal(DocumentState.Offline, client.Replica.State);
    }

    [Fact]
    public void Right_GivenToAReader_MakesItJoinAsAWriter()
    {
        var client = new ReplicaScript(_server);
        client.Replica.Connected();
        client.Join(_server.Snapshot(role: DocumentRole.Viewer));
        client.Forget();

        client.Replica.AccessChanged(DocumentRole.Editor);
        client.Join(_server.Snapshot(since: client.Only<JoinDocument>().SinceRevision));
        client.Type(0, "x");

        client.Only<SubmitPending>();
    }
}
