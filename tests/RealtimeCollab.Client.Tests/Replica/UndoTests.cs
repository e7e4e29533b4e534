using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class UndoTests
{
    private readonly ScriptedServer _server = new("abc");

    [Fact]
    public void Undo_AmongOthersEdits_TakesBackOnlyOnesOwn()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "mine");
        _server.Submit(client.Only<SubmitPending>().Request);
        client.HearAll();
        client.Hear(_server.Commit(0, 1, "theirs "));
        client.Hear(_server.Commit(11, 0, "!"));
        Assert.Equal("theirs bcmi!ne", client.Text);

        Assert.True(client.Replica.Undo());

        Assert.Equal("theirs bc!", client.Text);
    }

    [Fact]
    public void Undo_IsAnEditLikeAnyOther_ToldAsAnUndo()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        _server.Submit(client.Only<SubmitPending>().Request);
        client.HearAll();
        client.Forget();

        client.Replica.Undo();

        Assert.Equal(ChangeOrigin.Undo, client.Only<ContentChanged>().Change.Origin);
        Assert.Equal(TextOperation.Replace(4, 3, 1, ""), client.Only<SubmitPending>().Request.Operation.GetOperation());
        client.Replica.Redo();
        Assert.Equal(ChangeOrigin.Redo, client.All<ContentChanged>()[^1].Change.Origin);
    }

    [Fact]
    public void Undo_WithNothingToTakeBack_ChangesNothing()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(0, 0, "x"));
        client.Forget();

        Assert.False(client.Replica.CanUndo);
        Assert.False(client.Replica.Undo());
        Assert.False(client.Replica.Redo());
        Assert.Empty(client.All<ReplicaOutput>());
    }

    [Fact]
    public void Typing_InOneGo_IsOneStepUntilItIsEnded()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        client.Type(4, "e");
        client.Replica.EndUndoStep();
        client.Type(5, "f");
        client.Type(6, "g");

        client.Replica.Undo();
        Assert.Equal("abcde", client.Text);
        client.Replica.Undo();
        Assert.Equal("abc", client.Text);
        Assert.False(client.Replica.CanUndo);
    }

    [Fact]
    public void Typing_AfterAPause_IsANewStep()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        client.Time.Advance(TimeSpan.FromSeconds(1));
        client.Type(4, "e");

        client.Replica.Undo();

        Assert.Equal("abcd", client.Text);
    }

    [Fact]
    public void Undo_AfterTheContentWasLoadedAnew_TakesBackWhatIsLeftOfTheStep()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "kept");
        _server.Submit(client.Only<SubmitPending>().Request);
        client.HearAll();
        client.Replica.EndUndoStep();
        client.Type(0, "lost");
        client.RefuseSubmission(ErrorCodes.PermissionDenied);
        client.Join(_server.Snapshot());
        Assert.Equal("abckept", client.Text);

        client.Replica.Undo();

        Assert.Equal("abc", client.Text);
    }

    [Fact]
    public void Undo_WithoutTheRightToEdit_IsRefused()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        client.Replica.AccessChanged(DocumentRole.Viewer);

        var refusal = Assert.Throws<CollabClientException>(() => client.Replica.Undo());

        Assert.Equal(ErrorCodes.PermissionDenied, refusal.Code);
        Assert.Equal("abcd", client.Text);
        Assert.Equal(DocumentRole.Viewer, client.All<RoleChanged>()[^1].Role);
    }

    [Fact]
    public void Edit_ThatEndsEarly_IsCompleted()
    {
        var client = ReplicaScript.Open(_server);
        var source = new object();

        client.Replica.Apply(TextOperation.Replace(1, 1, 0, "x"), source);

        Assert.Equal("axbc", client.Text);
        Assert.Same(source, client.Only<ContentChanged>().Change.Source);
    }
}
