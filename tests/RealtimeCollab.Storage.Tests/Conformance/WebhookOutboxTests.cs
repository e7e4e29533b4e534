using RealtimeCollab.Sessions.Storage.Webhooks;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>How events leave the outbox: claimed, delivered, postponed, given up.</summary>
public abstract class WebhookOutboxTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private static readonly DateTimeOffset Now = Noon.AddMinutes(1);
    private static readonly DateTimeOffset Until = Now.AddMinutes(1);

    private readonly string _endpoint = WebhookSamples.NewEndpoint();

    [Fact]
    public async Task Claim_IsNotGivenToAnother_UntilItEnds()
    {
        var store = await OpenWithAsync(events: 1);

        var first = Assert.Single(await ClaimAsync(store, Now, Until));
        Assert.Empty(await ClaimAsync(store, Until.AddMilliseconds(-1), Until.AddHours(1)));
        var second = Assert.Single(await ClaimAsync(store, Until, Until.AddHours(1)));

        Assert.Equal((1, Until, _endpoint), (first.Attempts, first.DueAt, first.Endpoint));
        Assert.Equal(first with { Attempts = 2, DueAt = Until.AddHours(1) }, second);
    }

    [Fact]
    public async Task Claim_BeforeAnythingIsDue_OrOfAnotherEndpoint_IsEmpty()
    {
        var store = await OpenWithAsync(events: 1);

        Assert.Empty(await ClaimAsync(store, Noon.AddMilliseconds(-1), Until));
        Assert.Empty(await store.Outbox.ClaimAsync(WebhookSamples.NewEndpoint(), Now, Until, 10, Cancellation));
        Assert.Single(await ClaimAsync(store, Noon, Until));
    }

    [Fact]
    public async Task Claim_TakesWhatIsDueForLongest_AsMuchAsItMay()
    {
        var store = await OpenWithAsync(events: 3);
        var all = await ClaimAsync(store, Now, Until);
        await store.Outbox.PostponeAsync(all[0], Now.AddMinutes(3), "late", Cancellation);
        await store.Outbox.PostponeAsync(all[1], Now.AddMinutes(1), "early", Cancellation);
        await store.Outbox.PostponeAsync(all[2], Now.AddMinutes(2), "between", Cancellation);

        var two = await store.Outbox.ClaimAsync(_endpoint, Now.AddHours(1), Until.AddHours(2), 2, Cancellation);

        Assert.Equal(["between", "early"], two.Select(delivery => delivery.Failure).Order());
    }

    [Fact]
    public async Task Claims_AtTheSameTime_TakeEachDeliveryOnce()
    {
        var store = await OpenWithAsync(events: 60);

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => store.Outbox.ClaimAsync(_endpoint, Now, Until, 7, Cancellation).AsTask())));

        Assert.All(claims, claim => Assert.InRange(claim.Count, 0, 7));
        var numbers = claims.SelectMany(claim => claim).Select(delivery => delivery.Number).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        numbers.AddRange((await ClaimAsync(store, Now, Until)).Select(delivery => delivery.Number));
        Assert.Equal(60, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Complete_EndsADelivery_WhoeverHoldsIt()
    {
        var store = await OpenWithAsync(events: 2);
        var claimed = await ClaimAsync(store, Now, Until);
        await ClaimAsync(store, Until, Until.AddMinutes(1));

        await store.Outbox.CompleteAsync(claimed[0].Number, Cancellation);
        await store.Outbox.CompleteAsync(claimed[0].Number, Cancellation);

        Assert.Equal(claimed[1].Number, Assert.Single(await ClaimAsync(store, Until.AddHours(1), Until.AddHours(2))).Number);
    }

    [Fact]
    public async Task Postpone_MakesItDueLater_ByTheLastToClaimItOnly()
    {
        var store = await OpenWithAsync(events: 1);
        var former = Assert.Single(await ClaimAsync(store, Now, Until));
        var holder = Assert.Single(await ClaimAsync(store, Until, Until.AddMinutes(1)));

        Assert.False(await store.Outbox.PostponeAsync(former, Now, "former", Cancellation));
        Assert.False(await store.Outbox.BuryAsync(former, Now, "former", Cancellation));
        Assert.True(await store.Outbox.PostponeAsync(holder, Now.AddHours(1), "status 500", Cancellation));

        Assert.Empty(await ClaimAsync(store, Now.AddHours(1).AddMilliseconds(-1), Until.AddHours(2)));
        var again = Assert.Single(await ClaimAsync(store, Now.AddHours(1), Until.AddHours(2)));
        Assert.Equal((3, "status 500", former.Event), (again.Attempts, again.Failure, again.Event));
    }

    [Fact]
    public async Task DeadLetters_AreListedPageByPage_AndDueNoMore()
    {
        var store = await OpenWithAsync(events: 3);
        var claimed = await BuryAllAsync(store);

        var first = await store.Outbox.ListDeadAsync(Mine, 0, 2, Cancellation);
        var second = await store.Outbox.ListDeadAsync(Mine, first[^1].Number, 2, Cancellation);

        Assert.Equal(claimed.Select(delivery => delivery.Number).Order(), first.Concat(second).Select(letter => letter.Number));
        Assert.All(first, letter => Assert.Equal((Now, "status 410", 1), (letter.DeadAt, letter.Failure, letter.Attempts)));
        Assert.Empty(await store.TakeAsync(_endpoint));
        Assert.Empty(await store.Outbox.ListDeadAsync(Mine with { Endpoint = WebhookSamples.NewEndpoint() }, 0, 10, Cancellation));
        Assert.Empty(await store.Outbox.ListDeadAsync(Mine with { DeadBefore = Now }, 0, 10, Cancellation));
        Assert.Equal(3, (await store.Outbox.ListDeadAsync(Mine with { DeadBefore = Now.AddMilliseconds(1) }, 0, 10, Cancellation)).Count);
    }

    [Fact]
    public async Task DeadLetters_AreDeliveredAgainOrDropped_ThoseThatAreMeant()
    {
        var store = await OpenWithAsync(events: 4);
        var claimed = await BuryAllAsync(store);

        Assert.Equal(1, await store.Outbox.RedeliverAsync(Mine with { Numbers = [claimed[0].Number, long.MaxValue] }, Now, Cancellation));
        Assert.Equal(1, await store.Outbox.DropAsync(Mine with { Numbers = [claimed[0].Number, claimed[1].Number] }, Cancellation));
        Assert.Equal(0, await store.Outbox.RedeliverAsync(Mine with { Numbers = [] }, Now, Cancellation));
        Assert.Equal(2, await store.Outbox.RedeliverAsync(Mine, Now, Cancellation));
        Assert.Equal(0, await store.Outbox.DropAsync(Mine, Cancellation));

        var due = await ClaimAsync(store, Now, Until);
        Assert.Equal(3, due.Count);
        Assert.All(due, delivery => Assert.Equal((1, null, null), (delivery.Attempts, delivery.DeadAt, delivery.Failure)));
    }

    [Fact]
    public async Task BuryStray_TakesWhatIsForNobody_AndDueForLong()
    {
        var store = await OpenWithAsync(events: 1);

        await store.Outbox.BuryStrayAsync([_endpoint, "another"], Noon.AddMilliseconds(1), Now, "nobody", Cancellation);
        Assert.Equal(0, await store.Outbox.BuryStrayAsync(["another"], Noon, Now, "nobody", Cancellation));
        Assert.Empty(await store.Outbox.ListDeadAsync(Mine, 0, 10, Cancellation));

        Assert.Equal(1, await store.Outbox.BuryStrayAsync(["another"], Noon.AddMilliseconds(1), Now, "nobody", Cancellation));
        Assert.Equal("nobody", Assert.Single(await store.Outbox.ListDeadAsync(Mine, 0, 10, Cancellation)).Failure);
    }

    [Fact]
    public async Task DeadLetters_MoreThanOneTransactionTakes_AreAllMeant()
    {
        const int Letters = 2_300;
        var store = await OpenWithAsync(events: 0);
        // what other tests left behind
        await store.Outbox.BuryStrayAsync([_endpoint, "another"], Until, Now, "nobody", Cancellation);
        var happened = new WebhookEvent { EventId = WebhookEvent.NewId(), Type = WebhookEventType.DocumentCreated, OccurredAt = Noon, SubjectId = "d" };
        await store.OutboxArchive.ImportAsync(
            [
                .. Enumerable.Range(0, Letters).Select(_ =>
                    new WebhookDelivery(0, _endpoint, happened with { EventId = WebhookEvent.NewId() }, Noon) { Attempts = 1, DeadAt = Now, Failure = "gone" }),
            ],
            Cancellation);

        Assert.Equal(Letters, await store.Outbox.RedeliverAsync(Mine, Now, Cancellation));
        Assert.Equal(new WebhookBacklog(_endpoint, Letters, Noon, 0), await MeasureMineAsync(store));
        Assert.Equal(Letters, await store.Outbox.BuryStrayAsync(["another"], Until, Now, "nobody", Cancellation));
        Assert.Equal(new WebhookBacklog(_endpoint, 0, null, Letters), await MeasureMineAsync(store));
        Assert.Equal(0, await store.Outbox.DropAsync(Mine with { DeadBefore = Now }, Cancellation));
        Assert.Equal(Letters, await store.Outbox.DropAsync(Mine with { DeadBefore = Now.AddMilliseconds(1) }, Cancellation));
    }

    [Fact]
    public async Task Measure_CountsWhatWaitsAndWhatIsDead()
    {
        var store = await OpenWithAsync(events: 3);
        var claimed = await ClaimAsync(store, Now, Until);
        await store.Outbox.BuryAsync(claimed[0], Now, "gone", Cancellation);

        Assert.Equal(new WebhookBacklog(_endpoint, 2, Noon, 1), await MeasureMineAsync(store));

        await store.Outbox.CompleteAsync(claimed[1].Number, Cancellation);
        await store.Outbox.CompleteAsync(claimed[2].Number, Cancellation);
        Assert.Equal(new WebhookBacklog(_endpoint, 0, null, 1), await MeasureMineAsync(store));
    }

    private async Task<WebhookBacklog> MeasureMineAsync(TestStore store) =>
        Assert.Single(await store.Outbox.MeasureAsync(Cancellation), backlog => backlog.Endpoint == _endpoint);

    private DeadLetters Mine => new() { Endpoint = _endpoint };

    /// <summary>A store with so many events of Noon for the endpoint.</summary>
    private async Task<TestStore> OpenWithAsync(int events)
    {
        var store = await fixture.OpenAsync(_endpoint, WebhookEventType.DocumentCreated);
        for (var document = 0; document < events; document++)
            await store.CreateAsync();
        return store;
    }

    private ValueTask<IReadOnlyList<WebhookDelivery>> ClaimAsync(TestStore store, DateTimeOffset now, DateTimeOffset until) =>
        store.Outbox.ClaimAsync(_endpoint, now, until, 100, Cancellation);

    private async Task<IReadOnlyList<WebhookDelivery>> BuryAllAsync(TestStore store)
    {
        var claimed = await ClaimAsync(store, Now, Until);
        foreach (var delivery in claimed)
            Assert.True(await store.Outbox.BuryAsync(delivery, Now, "status 410", Cancellation));
        return claimed;
    }
}
