using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Sessions.Storage.Transfer;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Testing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Transfer;

/// <summary>A SQLite store with everything in it that a store can hold is moved to PostgreSQL.</summary>
public sealed class StoreTransferTests(PostgreSqlServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestStore _source = null!;
    private TestStore _target = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await server.CreateDatabaseAsync();
        _source = await TestStore.StartAsync(new ServiceCollection().AddSqliteStorage($"Data Source={_folder.PathOf("source.db")}"));
        _target = await TestStore.StartAsync(new ServiceCollection().AddPostgreSqlStorage(database));
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        if (_target is not null)
            await _target.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Transfer_FullStore_IsEqualAndVerified()
    {
        var plain = await _source.CreateWithAsync(700);
        await _source.Snapshots.SaveAsync(Snapshot(plain, 300, "\"👍\\u0000\""), Cancellation);
        await _source.Versions.AddAsync(Version(plain, 650, "v1", "Entwurf 👍"), Snapshot(plain, 650), Cancellation);
        var compacted = await CompactedAsync();
        var reborn = await RebornAsync();
        var tombstone = await _source.CreateWithAsync(2);
        await _source.Log.DeleteAsync(tombstone.DocumentId, tombstone.Incarnation, deletedBy: null, Noon, Cancellation);
        var progress = new List<TransferProgress>();

        var report = await Transfer().RunAsync(new Reports(progress), Cancellation);

        Assert.Equal((3, 1, 700 + 4 + 1), (report.Documents, report.Tombstones, report.Operations));
        Assert.Matches("^[0-9a-f]{64}$", report.Digest);
        foreach (var head in new[] { plain, compacted, reborn })
        {
            Assert.Equal(head, await _target.HeadAsync(head.DocumentId));
            Assert.Equal(
                await _source.Log.ReadAsync(head.DocumentId, head.Horizon, 1000, Cancellation),
                await _target.Log.ReadAsync(head.DocumentId, head.Horizon, 1000, Cancellation));
        }

        Assert.Equal([Version(plain, 650, "v1", "Entwurf 👍")], await _target.Versions.ListAsync(plain.DocumentId, plain.Incarnation, Cancellation));
        Assert.Equal(
            "\"👍\\u0000\""u8.ToArray(),
            (await _target.Snapshots.FindAsync(plain.DocumentId, plain.Incarnation, 300, Cancellation))!.Content.ToArray());
        Assert.Equal(3, (await _target.CreateAsync(NewDocument(tombstone.DocumentId))).StartRevision);
        Assert.Equal(new TransferProgress(TransferPhase.Verifying, 4, 705), progress[^1]);
        Assert.Contains(new TransferProgress(TransferPhase.Copying, 4, 705), progress);
    }

    [Fact]
    public async Task Transfer_CutShort_GoesOnWhereItWas()
    {
        await _source.CreateWithAsync(600);
        await _source.CreateWithAsync(600);
        using var cancellation = new CancellationTokenSource();
        var cut = new Reports([], report =>
        {
            if (report.Operations > 700)
                cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Transfer().RunAsync(cut, cancellation.Token));
        var copied = new List<TransferProgress>();

        var report = await Transfer().RunAsync(new Reports(copied), Cancellation);

        Assert.Equal(1200, report.Operations);
        Assert.InRange(copied.Last(step => step.Phase == TransferPhase.Copying).Operations, 1, 600);
    }

    [Fact]
    public async Task Transfer_Again_IsEqualAndCopiesNothing()
    {
        await _source.CreateWithAsync(3);
        var first = await Transfer().RunAsync(progress: null, Cancellation);
        var steps = new List<TransferProgress>();

        var second = await Transfer().RunAsync(new Reports(steps), Cancellation);

        Assert.Equal(first, second);
        Assert.Equal(0, steps.Last(step => step.Phase == TransferPhase.Copying).Operations);
    }

    [Fact]
    public async Task Transfer_TargetHoldsAnotherDocumentOfThatName_IsRefused()
    {
        var head = await _source.CreateWithAsync(1);
        var other = await _target.CreateAsync(NewDocument(head.DocumentId));

        var refusal = await Assert.ThrowsAsync<StoreTransferException>(() => Transfer().RunAsync(progress: null, Cancellation));

        Assert.Contains(head.DocumentId, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(other, await _target.HeadAsync(head.DocumentId));
    }

    [Theory]
    [InlineData("UPDATE operations SET operation = CAST('[\"y\"]' AS BLOB) WHERE revision = 1")]
    [InlineData("UPDATE operations SET user_id = 'eve' WHERE revision = 2")]
    [InlineData("UPDATE snapshots SET content = CAST('\"other\"' AS BLOB)")]
    [InlineData("UPDATE versions SET name = 'other'")]
    [InlineData("UPDATE documents SET created_by = 'eve'")]
    public async Task Transfer_StoresThatDiffer_AreNotVerified(string change)
    {
        var head = await _source.CreateWithAsync(3);
        await _source.Versions.AddAsync(Version(head, 2, "v"), Snapshot(head, 2), Cancellation);
        await Transfer().RunAsync(progress: null, Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={_folder.PathOf("source.db")};Pooling=False"))
            Assert.Equal(1, await connection.ExecuteAsync(change));

        var failure = await Assert.ThrowsAsync<StoreTransferException>(() => Transfer().RunAsync(progress: null, Cancellation));

        Assert.Contains(head.DocumentId, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_MembersAndLinks_AreEqualAndVerified()
    {
        var head = await SharedAsync();

        await Transfer().RunAsync(progress: null, Cancellation);

        Assert.Equal(head, await _target.HeadAsync(head.DocumentId));
        var members = await _target.Memberships.ListAsync(head.DocumentId, head.Incarnation, "", 1000, Cancellation);
        Assert.Equal(300, members.Count);
        Assert.Equal(await _source.Memberships.ListAsync(head.DocumentId, head.Incarnation, "", 1000, Cancellation), members);
        Assert.Equal(
            await _source.Links.ListAsync(head.DocumentId, head.Incarnation, Cancellation), await _target.Links.ListAsync(head.DocumentId, head.Incarnation, Cancellation));
    }

    [Theory]
    [InlineData("DELETE FROM members WHERE user_id = 'user-7'")]
    [InlineData("UPDATE share_links SET role = 4 WHERE link_id = 'a'")]
    [InlineData("UPDATE documents SET membership_version = 0")]
    public async Task Transfer_AccessThatDiffers_IsNotVerified(string change)
    {
        await SharedAsync();
        await Transfer().RunAsync(progress: null, Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={_folder.PathOf("source.db")};Pooling=False"))
            Assert.Equal(1, await connection.ExecuteAsync(change));

        await Assert.ThrowsAsync<StoreTransferException>(() => Transfer().RunAsync(progress: null, Cancellation));
    }

    [Fact]
    public async Task Transfer_ToMemoryAndBack_HasTheSameDigest()
    {
        await CompactedAsync();
        await SharedAsync();
        await ChatAsync();
        var memory = new MemoryStore();
        var chat = new MemoryChatStore(memory);
        var between = new StorePorts(memory, memory, memory, new MemoryMembershipStore(memory), new MemoryShareLinkStore(memory), memory, new ChatPorts(chat, chat, chat, chat), new MemoryWebhookOutbox(memory));

        var there = await new StoreTransfer(Ports(_source), between).RunAsync(progress: null, Cancellation);
        var back = await new StoreTransfer(between, Ports(_target)).RunAsync(progress: null, Cancellation);

        Assert.Equal(there, back);
    }

    [Fact]
    public async Task Transfer_Chat_IsEqualAndVerified()
    {
        var (room, emptied, user) = await ChatAsync();

        var report = await Transfer().RunAsync(progress: null, Cancellation);
        var again = await Transfer().RunAsync(progress: null, Cancellation);

        Assert.Equal(report, again);
        Assert.Equal((2, 300), (report.Rooms, report.Messages));
        Assert.Equal((room, emptied), (await _target.RoomAsync(room.RoomId), await _target.RoomAsync(emptied.RoomId)));
        ChatSamples.AssertEqual(await _source.ReadAsync(room, MessageRange.Latest, 1000), await _target.ReadAsync(room, MessageRange.Latest, 1000));
        Assert.Equal(await _source.Members.ListAsync(room.Key, 10, Cancellation), await _target.Members.ListAsync(room.Key, 10, Cancellation));
        var left = await _target.Notifications.ListAsync(user, 0, 10, Cancellation);
        Assert.Equal(2, Assert.Single(left).Id);
        Assert.Equal(4, Assert.Single(await _target.Notifications.AddAsync([left[0].Notification], Cancellation)).Id);
    }

    [Theory]
    [InlineData("UPDATE messages SET content = 'other' WHERE sequence = 2")]
    [InlineData("UPDATE messages SET reactions = NULL WHERE sequence = 1")]
    [InlineData("UPDATE rooms SET name = 'other' WHERE kind = 1")]
    [InlineData("UPDATE notifications SET type = 'other'")]
    public async Task Transfer_ChatThatDiffers_IsNotVerified(string change)
    {
        await ChatAsync();
        await Transfer().RunAsync(progress: null, Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={_folder.PathOf("source.db")};Pooling=False"))
            Assert.Equal(1, await connection.ExecuteAsync(change));

        await Assert.ThrowsAsync<StoreTransferException>(() => Transfer().RunAsync(progress: null, Cancellation));
    }

    [Fact]
    public async Task Transfer_OfWhatWebhooksAreStillToTell_IsToldFromTheTarget_Once()
    {
        var endpoint = WebhookSamples.NewEndpoint();
        await using var source = await TestStore.StartAsync(new ServiceCollection()
            .AddSingleton(WebhookSamples.To(endpoint, Enum.GetValues<WebhookEventType>())).AddSqliteStorage($"Data Source={_folder.PathOf("told.db")}"));
        var head = await source.CreateWithAsync(2);
        var dead = Assert.Single(await source.TakeAsync(endpoint));
        await source.Outbox.BuryAsync(dead, Noon.AddDays(1), "gone", Cancellation);
        var other = await source.CreateAsync();
        await using var target = await TestStore.StartAsync(new ServiceCollection()
            .AddSingleton(WebhookSamples.To(endpoint, WebhookEventType.DocumentChanged)).AddPostgreSqlStorage(await server.CreateDatabaseAsync()));
        var transfer = new StoreTransfer(Ports(source), Ports(target));

        await transfer.RunAsync(progress: null, Cancellation);
        await transfer.RunAsync(progress: null, Cancellation);

        Assert.Equal(1, await target.Outbox.RecordChangesAsync(Noon.AddHours(1), Noon, 10, Cancellation));
        var waiting = await target.TakeAsync(endpoint);
        Assert.Equal(
            [(WebhookEventType.DocumentCreated, other.DocumentId), (WebhookEventType.DocumentChanged, head.DocumentId)],
            waiting.Select(delivery => (delivery.Event.Type, delivery.Event.SubjectId)).OrderBy(told => told.Type));
        var moved = Assert.Single(await target.Outbox.ListDeadAsync(new DeadLetters(), 0, 10, Cancellation));
        Assert.Equal((dead.Event, 1, "gone"), (moved.Event, moved.Attempts, moved.Failure));
    }

    private StoreTransfer Transfer() => new(Ports(_source), Ports(_target));

    private static StorePorts Ports(TestStore store) => new(
        store.Log, store.Snapshots, store.Versions, store.Memberships, store.Links, store.Archive,
        new ChatPorts(store.Messages, store.Members, store.Notifications, store.ChatArchive), store.OutboxArchive);

    /// <summary>A document with members of all roles, more than are read at once, one of them its second owner, and two links.</summary>
    private async Task<DocumentHead> SharedAsync()
    {
        var head = await _source.CreateWithAsync(3);
        foreach (var number in Enumerable.Range(0, 300))
            await _source.Memberships.SetAsync(head.DocumentId, head.Incarnation, $"user-{number}", (MemberRole)(number % 5), membershipVersion: null, Cancellation);
        await _source.Memberships.RemoveAsync(head.DocumentId, head.Incarnation, "ada", membershipVersion: null, Cancellation);
        var link = new ShareLink("a", head.DocumentId, head.Incarnation, "hash-1", MemberRole.Viewer, "ada", Noon, Noon.AddDays(1));
        await _source.Links.AddAsync(link, Cancellation);
        await _source.Links.AddAsync(link with { LinkId = "b", TokenHash = "hash-2", ExpiresAt = Noon.AddDays(2) }, Cancellation);
        return await _source.HeadAsync(head.DocumentId);
    }

    private async Task<DocumentHead> CompactedAsync()
    {
        var head = await _source.CreateWithAsync(10);
        await _source.Versions.AddAsync(Version(head, 2, "v2"), Snapshot(head, 2), Cancellation);
        await _source.Snapshots.SaveAsync(Snapshot(head, 6), Cancellation);
        await _source.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, 6, Cancellation);
        return await _source.HeadAsync(head.DocumentId);
    }

    /// <summary>A room with messages of all kinds, one that was emptied with its document, and a user with one of three notifications left.</summary>
    private async Task<(RoomHead Room, RoomHead Emptied, string UserId)> ChatAsync()
    {
        var user = NewId();
        var room = await _source.OpenRoomAsync(ChatSamples.NewRoom(RoomKind.Free, "Tee 🍵", new RoomMembership("ada", "Ada", RoomRole.Owner, 0)));
        await _source.WriteAsync(ChatSamples.Batch(room, [.. Enumerable.Range(1, 300).Select(sequence => ChatSamples.Message(sequence))]));
        room = await _source.RoomAsync(room.RoomId);
        var edited = ChatSamples.Message(1, change: 301, content: "Grüße") with { Reactions = [new StoredReaction("👍", ["bob"])], EditedAt = Noon };
        await _source.WriteAsync(ChatSamples.Batch(
            room, [ChatSamples.Mention(room, 1, user), ChatSamples.Mention(room, 2, user), ChatSamples.Mention(room, 3, user)], edited));
        await _source.Notifications.AcknowledgeAsync(user, [1, 3], Cancellation);

        var former = await _source.CreateAsync();
        var formerRoom = await _source.OpenRoomAsync(ChatSamples.RoomOf(former));
        await _source.WriteAsync(ChatSamples.Batch(formerRoom, ChatSamples.Message(1)));
        await _source.Log.DeleteAsync(former.DocumentId, former.Incarnation, deletedBy: null, Noon, Cancellation);
        var emptied = await _source.OpenRoomAsync(ChatSamples.RoomOf(await _source.CreateAsync(NewDocument(former.DocumentId))));
        return (await _source.RoomAsync(room.RoomId), emptied, user);
    }

    private async Task<DocumentHead> RebornAsync()
    {
        var former = await _source.CreateWithAsync(2);
        await _source.Log.DeleteAsync(former.DocumentId, former.Incarnation, deletedBy: null, Noon, Cancellation);
        return await _source.Log.CreateAsync(
            NewDocument(former.DocumentId, ContentType.RichText), new NewEntry("client-2", "first", Operation("""[{"insert": "x", "attributes": {"bold": true}}]""")), Cancellation);
    }

    private sealed class Reports(List<TransferProgress> list, Action<TransferProgress>? also = null) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            list.Add(value);
            also?.Invoke(value);
        }
    }
}
