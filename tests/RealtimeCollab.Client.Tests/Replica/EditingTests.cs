using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class EditingTests
{
    private readonly ScriptedServer _server = new("abc");

    [Fact]
    public void LocalEdit_WhenSynchronized_ShowsAtOnceAndIsSubmitted()
    {
        var client = ReplicaScript.Open(_server);

        client.Type(3, "d");

        var request = client.Only<SubmitPending>().Request;
        Assert.Equal("abcd", client.Text);
        Assert.Equal(0, request.BaseRevision);
        Assert.Equal(TextOperation.Replace(3, 3, 0, "d"), request.Operation.GetOperation());
        Assert.Equal(DocumentState.Saving, client.Replica.State);
        Assert.True(client.Replica.HasUnsavedEdits);
    }

    [Fact]
    public void LocalEdits_WhileOneIsInFlight_AreComposedAndFollowItsEcho()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        var first = client.Only<SubmitPending>().Request;
        client.Forget();

        client.Type(4, "e");
        client.Type(5, "f");
        Assert.Empty(client.All<SubmitPending>());
        _server.Submit(first);
        client.HearAll();

        var second = client.Only<SubmitPending>().Request;
        Assert.Equal(1, second.BaseRevision);
        Assert.Equal(TextOperation.Replace(4, 4, 0, "ef"), second.Operation.GetOperation());
        Assert.NotEqual(first.OperationId, second.OperationId, StringComparer.Ordinal);
    }

    [Fact]
    public void Result_OvertakingTheEcho_MarksSavedButDoesNotAdvance()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        var result = _server.Submit(client.Only<SubmitPending>().Request);

        client.Replica.Submitted(result);
        Assert.False(client.Replica.HasUnsavedEdits);
        Assert.Equal(0, client.Replica.Revision);
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
        Assert.False(client.Replica.IsAtRest);

        client.HearAll();
        Assert.Equal(1, client.Replica.Revision);
        Assert.True(client.Replica.IsAtRest);
    }

    [Fact]
    public void Result_WhoseEchoIsLost_LeadsToAFetchWhenLookedAfter()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        client.Replica.Submitted(_server.Submit(client.Only<SubmitPending>().Request));

        client.Replica.CatchUp();
        client.Fetch(_server.Read(client.Only<FetchMissing>().Request.FromRevision));

        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }

    [Fact]
    public void RemoteEdit_WhilePending_IsCarriedUnderThePendingOne()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(0, "x");

        client.Hear(_server.Commit(0, 1, "y"));

        var change = client.All<ContentChanged>()[^1].Change;
        Assert.Equal("xybc", client.Text);
        Assert.Equal(ChangeOrigin.Remote, change.Origin);
        Assert.Equal(TextOperation.Replace(4, 1, 1, "y"), change.Operation);
    }

    [Fact]
    public void EditsThatTakeEachOtherBack_BehindOneInFlight_AreNotSent()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(3, "d");
        var first = client.Only<SubmitPending>().Request;
        client.Type(0, "x");
        client.Type(0, "", deleted: 1);
        client.Forget();

        _server.Submit(first);
        client.HearAll();

        Assert.Empty(client.All<SubmitPending>());
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }

    [Fact]
    public void EditThatDoesNotFit_IsRefusedAndChangesNothing()
    {
        var client = ReplicaScript.Open(_server);

        Assert.Throws<OperationException>(() => client.Replica.Apply(TextOperation.Replace(9, 9, 0, "x")));

        Assert.Equal("abc", client.Text);
        Assert.Empty(client.All<ReplicaOutput>());
    }

    [Theory]
    [InlineData(true, DocumentRole.Editor)]
    [InlineData(false, DocumentRole.Viewer)]
    public void Edit_WithoutTheRight_IsRefusedHere(bool readOnly, DocumentRole role)
    {
        var client = new ReplicaScript(_server, readOnly);
        client.Replica.Connected();
        client.Join(_server.Snapshot(role: role));

        var refusal = Assert.Throws<CollabClientException>(() => client.Type(0, "x"));

        Assert.Equal(ErrorCodes.PermissionDenied, refusal.Code);
        Assert.Equal("abc", client.Text);
    }

    [Fact]
    public void Edit_BeyondTheLongestDocument_IsRefusedHere()
    {
        var client = ReplicaScript.Open(_server);
        client.Replica.Limits = new ServerLimits { MaxDocumentLength = 4 };
        client.Type(0, "x");

        var refusal = Assert.Throws<CollabClientException>(() => client.Type(0, "x"));

        Assert.Equal(ErrorCodes.DocumentTooLarge, refusal.Code);
    }

    [Fact]
    public void Attributes_InPlainText_AreRefusedHere()
    {
        var client = ReplicaScript.Open(_server);
        var bold = TextOperation.Parse("""[{"retain":3,"attributes":{"bold":true}}]"""u8);

        var refusal = Assert.Throws<CollabClientException>(() => client.Replica.Apply(bold));

        Assert.Equal(ErrorCodes.InvalidOperation, refusal.Code);
    }

    [Fact]
    public void LargePaste_IsSentInPiecesThatFit()
    {
        var client = ReplicaScript.Open(_server);
        client.Replica.Limits = new ServerLimits { MaxOperationBytes = 1000 };
        var paste = string.Concat(Enumerable.Repeat("a \"quoted\" é 😀 ", 200));

        client.Type(1, paste);
        var pieces = 0;
        while (client.All<SubmitPending>() is [var piece])
        {
            Assert.True(piece.Request.Operation.GetOperation().GetUtf8JsonLength() <= 1000);
            client.Forget();
            _server.Submit(piece.Request);
            client.HearAll();
            pieces++;
        }

        Assert.InRange(pieces, 4, 20);
        Assert.Equal($"a{paste}bc", _server.Content.ToString());
        Assert.Equal(DocumentState.Synchronized, client.Replica.State);
    }
}
