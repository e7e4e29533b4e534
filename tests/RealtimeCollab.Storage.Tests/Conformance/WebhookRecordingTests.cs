using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Webhooks;
using static RealtimeCollab.Storage.Tests.ChatSamples;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>How events come into the outbox: in the transactions of their causes.</summary>
public abstract class WebhookRecordingTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private readonly string _endpoint = WebhookSamples.NewEndpoint();

    [Fact]
    public async Task Create_IsTold_ButNotOverADocumentThatIsThere()
    {
        var store = await OpenAsync(WebhookEventType.DocumentCreated);
        var document = NewDocument();
        await store.Log.CreateAsync(document, new NewEntry("client", "first", Letter(0)), Cancellation);
        await store.Log.CreateAsync(NewDocument(document.DocumentId), first: null, Cancellation);

        var told = await store.TakeOneAsync(_endpoint);

        Assert.Equal(Event(told.EventId, WebhookEventType.DocumentCreated, document.DocumentId) with { Revision = 1, UserId = "ada" }, told);
        Assert.Matches("^[0-9a-f]{32}$", told.EventId);
    }

    [Fact]
    public async Task Create_OverATombstone_IsToldWithTheRevisionThatGoesOn()
    {
        var store = await OpenAsync(WebhookEventType.DocumentCreated, WebhookEventType.DocumentDeleted);
        var head = await store.CreateWithAsync(3);
        await store.Log.DeleteAsync(head.DocumentId, head.Incarnation, "grace", Noon.AddHours(1), Cancellation);
        await store.CreateAsync(NewDocument(head.DocumentId) with { CreatedAt = Noon.AddHours(2) });

        var told = (await store.TakeAsync(_endpoint)).Select(delivery => delivery.Event).OrderBy(one => one.OccurredAt);

        Assert.Equal(
            [(WebhookEventType.DocumentCreated, 0L, "ada"), (WebhookEventType.DocumentDeleted, 4L, "grace"), (WebhookEventType.DocumentCreated, 4L, "ada")],
            told.Select(one => (one.Type, one.Revision!.Value, one.UserId)));
    }

    [Fact]
    public async Task Append_IsToldWhenTheDocumentHasComeToRest_Once()
    {
        var store = await OpenAsync(WebhookEventType.DocumentChanged);
        var head = await store.CreateWithAsync(3);
        await store.Log.AppendAsync(
            new AppendBatch(head.DocumentId, head.Incarnation, 3, [Entry(4) with { UserId = "grace" }]), Cancellation);

        Assert.Equal(0, await RecordAsync(store, quietSince: Noon.AddMilliseconds(3), changedBefore: Noon));
        Assert.Equal(1, await RecordAsync(store, quietSince: Noon.AddMilliseconds(4), changedBefore: Noon));
        Assert.Equal(0, await RecordAsync(store, quietSince: Noon.AddHours(1), changedBefore: Noon.AddHours(1)));

        var told = await store.TakeOneAsync(_endpoint);
        Assert.Equal(
            Event(told.EventId, WebhookEventType.DocumentChanged, head.DocumentId) with { Revision = 4, UserId = "grace", OccurredAt = Noon.AddMilliseconds(4) }, told);
    }

    [Fact]
    public async Task Append_ThatGoesOn_IsToldAfterTheLongestTime_AndAgain()
    {
        var store = await OpenAsync(WebhookEventType.DocumentChanged);
        var head = await store.CreateWithAsync(2);
        await store.Log.AppendAsync(Batch(head, 3), Cancellation);

        Assert.Equal(0, await RecordAsync(store, quietSince: Noon, changedBefore: Noon.AddMilliseconds(1)));
        Assert.Equal(1, await RecordAsync(store, quietSince: Noon, changedBefore: Noon.AddMilliseconds(2)));
        await store.Log.AppendAsync(Batch(await store.HeadAsync(head.DocumentId)), Cancellation);
        Assert.Equal(0, await RecordAsync(store, quietSince: Noon, changedBefore: Noon.AddMilliseconds(5)));
        Assert.Equal(1, await RecordAsync(store, quietSince: Noon, changedBefore: Noon.AddMilliseconds(6)));

        var told = await store.TakeAsync(_endpoint);
        Assert.Equal([5, 6], told.Select(delivery => delivery.Event.Revision!.Value).Order());
        Assert.Equal(2, told.Select(delivery => delivery.Event.EventId).Distinct().Count());
    }

    [Fact]
    public async Task RecordChanges_OfManyDocuments_TakesAsManyAsItMay()
    {
        var store = await OpenAsync(WebhookEventType.DocumentChanged);
        for (var document = 0; document < 5; document++)
            await store.CreateWithAsync(1);

        Assert.Equal(2, await RecordAsync(store, Noon.AddHours(1), Noon, limit: 2));
        Assert.Equal(3, await RecordAsync(store, Noon.AddHours(1), Noon, limit: 10));
        Assert.Equal(5, (await store.TakeAsync(_endpoint)).Select(delivery => delivery.Event.SubjectId).Distinct().Count());
    }

    [Fact]
    public async Task RecordChanges_OfADocumentWithoutItsHistory_KnowsNoAuthor()
    {
        var store = await OpenAsync(WebhookEventType.DocumentChanged);
        var head = await store.CreateWithAsync(2);
        await store.Snapshots.SaveAsync(Snapshot(head, 2), Cancellation);
        await store.Snapshots.CompactAsync(head.DocumentId, head.Incarnation, 2, Cancellation);

        await RecordAsync(store, Noon.AddHours(1), Noon);

        var told = await store.TakeOneAsync(_endpoint);
        Assert.Equal((2, null), (told.Revision, told.UserId));
    }

    [Fact]
    public async Task Append_OfARestoration_IsToldWithIt_AndNotIfItClashes()
    {
        var store = await OpenAsync(WebhookEventType.DocumentRestored);
        var head = await store.CreateWithAsync(2);
        LogEntry[] entries = [Entry(3), Entry(4) with { RestoredRevision = 1, UserId = "grace", Timestamp = Noon.AddMilliseconds(4).AddTicks(7) }];

        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(new AppendBatch(head.DocumentId, head.Incarnation, 2, entries), Cancellation));
        Assert.Equal(AppendOutcome.Conflict, await store.Log.AppendAsync(new AppendBatch(head.DocumentId, head.Incarnation, 2, entries), Cancellation));

        var told = await store.TakeOneAsync(_endpoint);
        Assert.Equal(
            Event(told.EventId, WebhookEventType.DocumentRestored, head.DocumentId) with
            {
                Revision = 4, RestoredRevision = 1, UserId = "grace", OccurredAt = Noon.AddMilliseconds(4),
            },
            told);
    }

    [Fact]
    public async Task Delete_IsTold_AndItsLastChangeNoMore()
    {
        var store = await OpenAsync(WebhookEventType.DocumentDeleted, WebhookEventType.DocumentChanged);
        var head = await store.CreateWithAsync(2);
        await store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon.AddHours(1), Cancellation);
        Assert.False(await store.Log.DeleteAsync(head.DocumentId, head.Incarnation, deletedBy: null, Noon.AddHours(2), Cancellation));

        Assert.Equal(0, await RecordAsync(store, Later, Later));
        var told = await store.TakeOneAsync(_endpoint);
        Assert.Equal(Event(told.EventId, WebhookEventType.DocumentDeleted, head.DocumentId) with { Revision = 3, OccurredAt = Noon.AddHours(1) }, told);
    }

    [Fact]
    public async Task Mention_IsTold_ToEachWithTheMessage()
    {
        var store = await OpenAsync(WebhookEventType.UserMentioned);
        var room = await store.OpenRoomAsync();
        var batch = Batch(room, [Mention(room, 1, "grace"), Mention(room, 1, "alan") with { Timestamp = Noon.AddTicks(7) }], Message(1), Message(2));
        await store.WriteAsync(batch);
        Assert.Equal(AppendOutcome.Conflict, await store.Messages.AppendAsync(batch, Cancellation));

        var told = (await store.TakeAsync(_endpoint)).Select(delivery => delivery.Event).OrderBy(one => one.MentionedUserId).ToList();

        Assert.Equal(["alan", "grace"], told.Select(one => one.MentionedUserId));
        Assert.Equal(
            Event(told[0].EventId, WebhookEventType.UserMentioned, room.RoomId) with
            {
                UserId = "ada", MentionedUserId = "alan", MessageId = "message-1", Sequence = 1,
            },
            told[0]);
        Assert.NotEqual(told[0].EventId, told[1].EventId);
    }

    [Fact]
    public async Task Event_ForTwoEndpoints_HasOneId()
    {
        var other = WebhookSamples.NewEndpoint();
        IReadOnlyCollection<WebhookEventType> types = [WebhookEventType.DocumentCreated, WebhookEventType.DocumentChanged];
        var store = await fixture.OpenAsync(services => services.AddSingleton(
            new WebhookSubscriptions([KeyValuePair.Create(_endpoint, types), KeyValuePair.Create(other, types)])));
        await store.CreateWithAsync(1);
        await RecordAsync(store, Later, Later);

        var ids = (await store.TakeAsync(_endpoint)).Select(delivery => delivery.Event.EventId).ToHashSet();

        Assert.Equal(2, ids.Count);
        Assert.Subset(ids, (await store.TakeAsync(other)).Select(delivery => delivery.Event.EventId).ToHashSet());
    }

    [Fact]
    public async Task Anything_ThatNobodyIsToldOf_LeavesNothing()
    {
        var head = await fixture.Store.CreateWithAsync(2);
        var told = await OpenAsync(WebhookEventType.UserMentioned);
        await told.Log.AppendAsync(Batch(await told.CreateWithAsync(1)), Cancellation);

        Assert.DoesNotContain(await fixture.Store.OutboxArchive.ListChangesAsync("", 1000, Cancellation), change => change.DocumentId == head.DocumentId);
        Assert.Equal(0, await RecordAsync(told, Later, Later));
        Assert.Empty(await told.TakeAsync(_endpoint));
    }

    [Fact]
    public async Task Erase_OfAUser_TakesThemOutOfWhatIsToBeTold()
    {
        var user = NewId();
        var store = await OpenAsync(WebhookEventType.DocumentCreated, WebhookEventType.UserMentioned);
        await store.CreateAsync(NewDocument() with { CreatedBy = user });
        var room = await store.OpenRoomAsync();
        await store.WriteAsync(Batch(room, [Mention(room, 1, user), Mention(room, 1, "alan")], Message(1, sender: user)));

        foreach (var personal in store.Get<IEnumerable<IPersonalDataStore>>())
            await personal.EraseAsync(user, $"erased-{user}", Cancellation);

        var told = (await store.TakeAsync(_endpoint)).Select(delivery => delivery.Event).ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, one => Assert.Equal((true, $"erased-{user}"), (one.MentionedUserId is null or "alan", one.UserId)));
    }

    private static DateTimeOffset Later => WebhookSamples.Later;

    private static WebhookEvent Event(string eventId, WebhookEventType type, string subjectId) =>
        new() { EventId = eventId, Type = type, OccurredAt = Noon, SubjectId = subjectId };

    private static async Task<int> RecordAsync(TestStore store, DateTimeOffset quietSince, DateTimeOffset changedBefore, int limit = 100) =>
        await store.Outbox.RecordChangesAsync(quietSince, changedBefore, limit, Cancellation);

    private ValueTask<TestStore> OpenAsync(params WebhookEventType[] types) => fixture.OpenAsync(_endpoint, types);
}
