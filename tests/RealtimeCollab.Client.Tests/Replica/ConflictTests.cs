using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Replica;

/// <summary>The stories of conflict.test.ts and trouble.test.ts: both clients mean the same by a conflict.</summary>
public sealed class ConflictTests
{
    private ScriptedServer _server = new("base");

    [Fact]
    public void PendingEdits_ThatTheServerCannotPlace_AreKeptForTheUser()
    {
        var client = InConflict();

        var conflict = client.Replica.Conflict;
        Assert.NotNull(conflict);
        Assert.Equal((ErrorCodes.RevisionTooOld, 0, "base mine"), (conflict.Code, conflict.Revision, conflict.Content.ToString()));
        Assert.Equal(TextOperation.Replace(4, 4, 0, " mine"), conflict.Pending);
        Assert.Same(conflict, client.Only<ConflictEntered>().Conflict);
        Assert.Equal(("base mine", "their base"), (client.Text, _server.Content.ToString()));
    }

    [Fact]
    public void Merge_CarriesTheEditsIntoTheServersContent()
    {
        var client = InConflict();

        client.Replica.Resolve(ConflictResolution.Merge);
        Assert.Equal(DocumentState.Offline, client.Replica.State);
        Settle(client);

        Assert.Equal(("their base mine", DocumentState.Synchronized), (client.Text, client.Replica.State));
        client.Replica.Undo();
        Assert.Equal("their base", client.Text);
    }

    [Fact]
    public void Merge_TakesEditsMadeInTheConflictAndWhileItEnds()
    {
        var client = InConflict();
        client.Type(9, "!");

        client.Replica.Resolve(ConflictResolution.Merge);
        client.Type(0, "", deleted: 1);
        Settle(client);

        Assert.Equal("their ase mine!", client.Text);
    }

    [Fact]
    public void Merge_OfRichText_KeepsItsFormats()
    {
        _server = new ScriptedServer("base", ContentType.RichText);
        var bold = AttributeMap.Create(("bold", true));
        var client = InConflict(opened => opened.Replica.Apply(new OperationBuilder().Retain(4, bold).Build()));

        client.Replica.Resolve(ConflictResolution.Merge);
        Settle(client);

        var expected = Document.Empty.Apply(new OperationBuilder().Insert("their ").Insert("base", bold).Build());
        Assert.Equal(expected.ComputeHash(), client.Replica.Content.ComputeHash());
    }

    [Fact]
    public void Overwrite_PutsWhatIsHereInPlaceOfTheServersContentAsAnEdit()
    {
        var client = InConflict();
        client.Forget();

        client.Replica.Resolve(ConflictResolution.Overwrite);
        Settle(client);

        Assert.Equal(("base mine", 2), (client.Text, _server.Head));
        Assert.Empty(client.All<ContentChanged>());
    }

    [Fact]
    public void Overwrite_BringsACopyBackThatIsNewerThanARestoredServer()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(4, 0, " since the backup"));
        client.Reconnect();
        _server = new ScriptedServer("base");

        client.JoinUntilItGivesUp(_server.Snapshot());
        Assert.Equal((ErrorCodes.RevisionAhead, null), (client.Replica.Conflict?.Code, client.Replica.Conflict?.Pending));
        client.Replica.Resolve(ConflictResolution.Overwrite);
        Settle(client);

        Assert.Equal(("base since the backup", DocumentState.Synchronized), (client.Text, client.Replica.State));
    }

    [Fact]
    public void Discard_TakesTheServersContentAndGoesOn()
    {
        var client = InConflict();
        client.Forget();

        client.Replica.Resolve(ConflictResolution.Discard);
        client.Type(4, "!");
        Assert.Null(client.Only<JoinDocument>().SinceRevision);
        Settle(client);

        Assert.Equal("their base", client.Text.Replace("!", "", StringComparison.Ordinal));
        Assert.Equal(11, client.Text.Length);
        Assert.Null(client.Replica.Conflict);
    }

    [Fact]
    public void Conflict_OfAUserWhoMayNotWriteAnyMore_CanOnlyBeDiscarded()
    {
        var client = ReplicaScript.Open(_server);
        client.Replica.Disconnected();
        client.Type(4, " mine");
        client.Replica.Connected();
        client.Join(_server.Snapshot(since: 0, DocumentRole.Viewer));
        Assert.Equal(ErrorCodes.PermissionDenied, client.Replica.Conflict?.Code);

        var refusal = Assert.Throws<CollabClientException>(() => client.Replica.Resolve(ConflictResolution.Merge));
        Assert.Equal(ErrorCodes.PermissionDenied, refusal.Code);
        Assert.Equal(DocumentState.Conflict, client.Replica.State);
        Assert.Throws<CollabClientException>(() => client.Type(0, "x"));
        client.Replica.Resolve(ConflictResolution.Discard);
        client.Join(_server.Snapshot(role: DocumentRole.Viewer));

        Assert.Equal(("base", DocumentState.Synchronized, true), (client.Text, client.Replica.State, client.Replica.IsReadOnly));
    }

    [Fact]
    public void Resolve_WithoutAConflict_DoesNothing()
    {
        var client = ReplicaScript.Open(_server);
        client.Type(4, "!");

        client.Replica.Resolve(ConflictResolution.Discard);

        Assert.Equal("base!", client.Text);
        Assert.Empty(client.All<JoinDocument>());
    }

    [Fact]
    public void Conflict_OverReconnects_StaysUntilItIsResolved()
    {
        var client = InConflict();
        client.Forget();

        client.Reconnect();
        client.HearAll();
        Assert.Empty(client.All<JoinDocument>());
        client.Replica.Resolve(ConflictResolution.Discard);

        client.Only<JoinDocument>();
    }

    [Fact]
    public void ServerBehindForAMoment_WithPendingEdits_IsWaitedFor()
    {
        var client = ReplicaScript.Open(_server);
        client.Hear(_server.Commit(4, 0, "d"));
        client.Type(5, "!");
        client.Reconnect();
        client.Forget();

        client.Join(new ScriptedServer("base").Snapshot());
        Assert.Equal(1, client.Only<JoinDocument>().Attempt);
        client.Join(_server.Snapshot(since: 1));

        Assert.Null(client.Replica.Conflict);
        Assert.Equal(DocumentState.Saving, client.Replica.State);
    }

    /// <summary>A client that edited offline, while what it missed was compacted.</summary>
    private ReplicaScript InConflict(Action<ReplicaScript>? edit = null)
    {
        var client = ReplicaScript.Open(_server);
        client.Replica.Disconnected();
        (edit ?? (opened => opened.Type(4, " mine")))(client);
        _server.Commit(0, 0, "their ");
        client.Replica.Connected();
        client.Join(_server.Snapshot());
        client.RefuseFetch(ErrorCodes.RevisionTooOld);
        Assert.Equal(DocumentState.Conflict, client.Replica.State);
        return client;
    }

    /// <summary>Answers the joining, and everything after it, until both have the same.</summary>
    private void Settle(ReplicaScript client)
    {
        client.Join(_server.Snapshot());
        for (var sent = 0; client.Replica.Pending is not null; sent++)
        {
            Assert.InRange(sent, 0, 9);
            _server.Submit(client.All<SubmitPending>()[^1].Request);
            client.Hear([.. _server.Log]);
        }

        Assert.Equal(_server.Content.ToString(), client.Text);
    }
}
