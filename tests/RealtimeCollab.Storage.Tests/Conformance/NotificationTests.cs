using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Storage.Tests.ChatSamples;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Notifications wait until they are acknowledged.</summary>
public abstract class NotificationTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Add_ForSeveralUsers_EachFindsTheirsInOrder()
    {
        var (ada, bob) = (NewId(), NewId());
        NewNotification[] wanted = [Notification(ada, "one"), Notification(bob, "two"), Notification(ada, "three 👍")];

        var stored = await Store.Notifications.AddAsync(wanted, Cancellation);

        Assert.Equal(wanted, stored.Select(one => one.Notification));
        Assert.True(stored[0].Id < stored[2].Id);
        Assert.Equal([stored[0], stored[2]], await ListAsync(ada));
        Assert.Equal([stored[1]], await ListAsync(bob));
        Assert.Equal([stored[2]], await Store.Notifications.ListAsync(ada, stored[0].Id, 10, Cancellation));
        Assert.Equal([stored[0]], await Store.Notifications.ListAsync(ada, 0, 1, Cancellation));
    }

    [Fact]
    public async Task Append_MessagesThatMention_NotifiesWithThem()
    {
        var (bob, carol) = (NewId(), NewId());
        var room = await Store.OpenRoomAsync();
        await Store.WriteAsync(Batch(room, [Mention(room, 1, bob), Mention(room, 2, carol), Mention(room, 2, bob)], Message(1), Message(2), Message(3)));

        var bobs = await ListAsync(bob);

        Assert.Equal([Mention(room, 1, bob), Mention(room, 2, bob)], bobs.Select(stored => stored.Notification));
        Assert.Equal([Mention(room, 2, carol)], (await ListAsync(carol)).Select(stored => stored.Notification));
        var found = await Store.Notifications.FindMentionsAsync(room.Key, [2, 3], Cancellation);
        Assert.Equal(new HashSet<string> { bob, carol }, found.Select(stored => stored.Notification.UserId).ToHashSet());
        Assert.Contains(bobs[1], found);
        Assert.Empty(await Store.Notifications.FindMentionsAsync(room.Key with { Incarnation = "another" }, [2], Cancellation));
    }

    [Fact]
    public async Task Acknowledge_Some_LeavesTheOthersAndThoseOfOthers()
    {
        var (ada, bob) = (NewId(), NewId());
        var stored = await Store.Notifications.AddAsync([Notification(ada, "one"), Notification(ada, "two"), Notification(bob, "three")], Cancellation);

        await Store.Notifications.AcknowledgeAsync(ada, [stored[0].Id, 999_999_999], Cancellation);
        await Store.Notifications.AcknowledgeAsync(NewId(), [stored[1].Id, stored[2].Id], Cancellation);

        Assert.Equal([stored[1]], await ListAsync(ada));
        Assert.Equal([stored[2]], await ListAsync(bob));
    }

    [Fact]
    public async Task Add_AfterAllAreAcknowledged_GetsAHigherNumber()
    {
        var ada = NewId();
        var first = Assert.Single(await Store.Notifications.AddAsync([Notification(ada, "one")], Cancellation));
        await Store.Notifications.AcknowledgeAsync(ada, [first.Id], Cancellation);

        var second = Assert.Single(await Store.Notifications.AddAsync([Notification(ada, "two")], Cancellation));

        Assert.True(second.Id > first.Id);
    }

    [Fact]
    public async Task Add_ManyAtOnceFromSeveralNodes_GivesEachItsNumber()
    {
        var (ada, bob) = (NewId(), NewId());
        var other = await fixture.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => (index % 2 == 0 ? Store : other).Notifications.AddAsync(
            index % 4 < 2 ? [Notification(ada, $"{index}"), Notification(bob, $"{index}")] : [Notification(bob, $"{index}"), Notification(ada, $"{index}")],
            Cancellation).AsTask()));

        Assert.Equal(20, (await ListAsync(ada)).Select(stored => stored.Id).Distinct().Count());
        Assert.Equal(20, (await ListAsync(bob)).Select(stored => stored.Id).Distinct().Count());
    }

    private static NewNotification Notification(string userId, string text) => new(userId, "news", text, Room: null, Sequence: null, Noon);

    private async Task<IReadOnlyList<StoredNotification>> ListAsync(string userId) => await Store.Notifications.ListAsync(userId, 0, 100, Cancellation);
}
