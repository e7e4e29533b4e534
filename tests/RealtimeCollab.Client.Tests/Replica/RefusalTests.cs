using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

/// <summary>What the server does not take, and what becomes of it; the stories of trouble.test.ts.</summary>
public sealed class RefusalTests
{
    private readonly ScriptedServer _server = new("kept");

    [Theory]
    [InlineData(ErrorCodes.PermissionDenied)]
    [InlineData(ErrorCodes.InvalidOperation)]
    [InlineData(ErrorCodes.PayloadTooLarge)]
    [InlineData(ErrorCodes.DocumentTooLarge)]
    public void Submission_RefusedForGood_IsHandedBackAndTheServersContentShown(string code)
    {
        var client = ReplicaScript.Open(_server);
        client.Type(4, " lost");
        client.Type(9, " too");

        client.RefuseSubmission(code);
        Assert.Equal(DocumentState.Saving, client.Replica.State);
        client.Join(_server.Snapshot());

        var rejection = client.Only<EditsRejected>().Rejection;
        Assert.Equal((code, "kept lost too"), (rejection.Error.Code, rejection.Content.ToString()));
        Assert.Equal([TextOperation.Replace(4, 4, 0, " lost"), TextOperation.Replace(9, 9, 0, " too")], rejection.Operations);
        Assert.Equal(("kept", DocumentState.Synchronized), (client.Text, client.Replica.State));
        Assert.Equal([ChangeOrigin.Local, ChangeOrigin.Local, ChangeOrigin.Reload], client.All<ContentChanged>().Select(output => output.Change.Origin));
        client.Type(4, "!");
        Assert.Equal(TextOperation.Replace(4, 4, 0, "!"), client.All<SubmitPending>()[^1].Request.Operation.GetOperation());
    }

    [Fact]
    public void OperationFailed_AgainAndAgain_IsHandedBackToo()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(4, "!");

        while (client.All<SubmitPending>() is [_])
        {
            client.Forget();
            client.RefuseSubmission(ErrorCodes.OperationFailed);
        }

        client.Join(_server.Snapshot());
        Assert.Equal(ErrorCodes.OperationFailed, client.Only<EditsRejected>().Rejection.Error.Code);
        Assert.False(client.Replica.HasUnsavedEdits);
        Assert.True(client.Replica.WasRejected);
    }

    [Fact]
    public void Fetch_RefusedAsTooOldWithNothingPending_TakesTheWholeContent()
    {
        var client = ReplicaScript.Open(_server);
        _server.Commit(4, 0, "!");
        client.Replica.HeadSeen(1);

        client.RefuseFetch(ErrorCodes.RevisionTooOld);
        client.Join(_server.Snapshot());

        Assert.Equal(("kept!", 1, DocumentState.Synchronized), (client.Text, client.Replica.Revision, client.Replica.State));
        Assert.Null(client.Replica.Conflict);
    }

    [Fact]
    public void Fetch_RefusedForGood_IsToldAndMadeAgainAtTheNextHeartbeat()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(4, "?");
        client.Replica.HeadSeen(1);
        client.RefuseFetch(ErrorCodes.InvalidRequest);
        Assert.Equal(ErrorCodes.InvalidRequest, client.Only<ErrorOccurred>().Error.Code);
        client.Forget();

        client.Replica.HeadSeen(1);

        client.Only<FetchMissing>();
        Assert.Equal("kept?", client.Text);
    }

    [Fact]
    public void Entry_ThatDoesNotFit_MakesTheClientLoadTheContentAnew()
    {
        var client = ReplicaScript.Open(_server);
        var other = new ScriptedServer("quite another text");

        client.Hear(other.Commit(0, 0, "x"));
        Assert.Null(client.Only<JoinDocument>().SinceRevision);
        client.Join(other.Snapshot());

        Assert.Equal("xquite another text", client.Text);
        Assert.Equal(CollabClientException.ContentDiverged, client.Only<ErrorOccurred>().Error.Code);
    }

    [Fact]
    public void Entry_ThatDoesNotFit_WithEditsPending_IsAConflict()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(4, "!");

        client.Hear(new ScriptedServer("quite another text").Commit(0, 0, "x"));

        Assert.Equal((CollabClientException.ContentDiverged, "kept!"), (client.Replica.Conflict?.Code, client.Replica.Conflict?.Content.ToString()));
    }

    [Theory]
    [InlineData("deleted", 1)]
    [InlineData(ErrorCodes.PermissionDenied, 0)]
    public void Document_ClosedByTheServer_SaysWhyAndWhatWasNotSaved(string reason, int unsaved)
    {
        var client = ReplicaScript.Open(_server);
        if (unsaved > 0)
            client.Type(4, "!");

        if (reason == ErrorCodes.PermissionDenied)
            client.Replica.AccessChanged(DocumentRole.None);
        else
            client.Replica.Close(reason);

        var closing = client.Only<ClosedForGood>().Closing;
        Assert.Equal((reason, unsaved), (closing.Reason, closing.Operations.Count));
        Assert.Equal((DocumentState.Offline, reason), (client.Replica.State, client.Replica.ClosedReason));
        var refusal = Assert.Throws<CollabClientException>(() => client.Type(0, "x"));
        Assert.Equal(ErrorCodes.SessionNotFound, refusal.Code);
    }
}
