using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class SelectionTests
{
    private static readonly Participant Ann = new()
    {
        ClientId = "ann", UserId = "ann", UserName = "Ann", Color = "#ff0000", IsEditing = true, Selection = Cursor(3),
    };

    private readonly ScriptedServer _server = new("abc");

    [Fact]
    public void OwnSelection_WhenSynchronized_IsSentForTheRevision()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(0, 0, "x"));

        client.Replica.Select(Cursor(2));

        var request = client.Only<SendSelection>().Request;
        Assert.Equal(1, request.Revision);
        Assert.Equal(Cursor(2), request.Selection);
    }

    [Fact]
    public void OwnSelection_WhileSaving_GoesWithTheNextOperationOrAfterTheEcho()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(0, "x");
        client.Replica.Select(Cursor(1));
        Assert.Empty(client.All<SendSelection>());

        _server.Submit(client.Only<SubmitPending>().Request);
        client.HearAll();

        Assert.Equal(Cursor(1), client.Only<SendSelection>().Request.Selection);
    }

    [Fact]
    public void OwnSelection_PastTheEnd_IsRefused()
    {
        var client = ReplicaScript.Open(_server);

        var refusal = Assert.Throws<CollabClientException>(() => client.Replica.Select(Cursor(4)));

        Assert.Equal(ErrorCodes.InvalidRequest, refusal.Code);
    }

    [Fact]
    public void OthersSelections_MoveWithTheText()
    {
        var client = OpenWithAnn();

        client.Type(0, "xy");
        Assert.Equal(Cursor(5), SelectionOfAnn(client));
        client.Hear(_server.Commit(0, 2, ""));

        Assert.Equal(Cursor(3), SelectionOfAnn(client));
    }

    [Fact]
    public void OthersSelections_OfALaterRevision_WaitForIt()
    {
        var client = OpenWithAnn();
        var entry = _server.Commit(0, 0, "xyz");

        client.Replica.SelectionsMoved(Moved(revision: 1, Cursor(6)));
        Assert.Equal(Cursor(3), SelectionOfAnn(client));
        client.Hear(entry);

        Assert.Equal(Cursor(6), SelectionOfAnn(client));
    }

    [Fact]
    public void OthersSelections_OfAnEarlierRevision_AreCarriedForward()
    {
        var client = OpenWithAnn();
        client.Hear(_server.Commit(0, 0, "xyz"));

        client.Replica.SelectionsMoved(Moved(revision: 0, Cursor(1)));

        Assert.Equal(Cursor(4), SelectionOfAnn(client));
    }

    [Fact]
    public void OthersSelections_ThatAreGone_Disappear()
    {
        var client = OpenWithAnn();

        client.Replica.SelectionsMoved(Moved(revision: 0, selection: null));

        Assert.Null(SelectionOfAnn(client));
    }

    [Fact]
    public void People_ComeAndGo_OneselfAmongThem()
    {
        var client = ReplicaScript.Open(_server);

        client.Replica.ParticipantJoined(Ann);
        client.Replica.ParticipantJoined(Ann with { ClientId = "me" });
        Assert.Equal([("ann", false), ("me", true)], client.Replica.Room.People.Select(person => (person.ClientId, person.IsSelf)));
        client.Replica.ParticipantLeft(Ann);

        Assert.Equal("me", Assert.Single(client.Replica.Room.People).ClientId);
    }

    [Fact]
    public void People_OfADocumentOpenedAlone_AreOneself()
    {
        var client = new ReplicaScript(_server);
        client.Replica.Connected();

        // told before the snapshot, which lacks it
        client.Replica.MembersListed(new SessionInfo
        {
            DocumentId = ScriptedServer.DocumentId, SessionId = "session", Revision = 0, ReaderCount = 0, WriterCount = 1, Clients = [Ann with { ClientId = "me" }],
        });
        client.Join(_server.Snapshot());

        Assert.True(Assert.Single(client.Replica.Room.People).IsSelf);
    }

    private ReplicaScript OpenWithAnn()
    {
        var client = new ReplicaScript(_server);
        client.Replica.Connected();
        client.Join(_server.Snapshot(clients: Ann));
        client.Forget();
        return client;
    }

    private static Selection? SelectionOfAnn(ReplicaScript client) => Assert.Single(client.Replica.Room.People).Selection;

    private static Selection Cursor(int position) => new(SelectionRange.Cursor(position));

    private static SelectionsChanged Moved(long revision, Selection? selection) => new()
    {
        DocumentId = ScriptedServer.DocumentId,
        Revision = revision,
        Selections = [new ClientSelection { ClientId = "ann", UserId = "ann", UserName = "Ann", Color = "#ff0000", Selection = selection }],
    };
}
