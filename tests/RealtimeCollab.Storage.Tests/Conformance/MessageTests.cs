using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Storage.Tests.ChatSamples;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>Messages are appended and changed where the room is as expected, and found again.</summary>
public abstract class MessageTests<TFixture>(TFixture fixture) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private TestStore Store => fixture.Store;

    [Fact]
    public async Task Append_MessageWithEverything_IsReadAsItWas()
    {
        var room = await Store.OpenRoomAsync();
        var first = Message(1, content: "Grüße 👋\n\ttab \"quoted\" \\ and 'quoted'");
        var second = Message(2, change: 5, sender: "Ünïcode \"user\"") with
        {
            Mentions = ["bob", "o'neill \"x\""],
            ReplyTo = "message-1",
            Reactions = [new StoredReaction("👍", ["bob", "carol"]), new StoredReaction("❤️", ["ada"])],
            MessageType = "poll",
            EditedAt = Noon.AddMinutes(1),
            DeletedAt = Noon.AddMinutes(2),
        };

        await Store.WriteAsync(Batch(room, first, second));

        AssertEqual([first, second], await Store.ReadAsync(room, MessageRange.Latest));
        Assert.Equal(room with { Sequence = 2, Change = 5 }, await Store.RoomAsync(room.RoomId));
    }

    [Fact]
    public async Task Append_WhereTheRoomIsElsewhere_WritesNothing()
    {
        var room = await Store.OpenRoomAsync();
        await Store.WriteAsync(Batch(room, Message(1)));
        var mention = Mention(room, 2, NewId());

        var late = await Store.Messages.AppendAsync(Batch(room, [mention], Message(1, clientMessageId: "other") with { MessageId = "other" }), Cancellation);
        var current = await Store.RoomAsync(room.RoomId);
        var ofAnother = await Store.Messages.AppendAsync(Batch(current, Message(2)) with { Room = current.Key with { Incarnation = "another" } }, Cancellation);

        Assert.Equal((AppendOutcome.Conflict, AppendOutcome.Conflict), (late, ofAnother));
        AssertEqual([Message(1)], await Store.ReadAsync(room, MessageRange.Latest));
        Assert.Equal(current, await Store.RoomAsync(room.RoomId));
        Assert.Empty(await Store.Notifications.ListAsync(mention.UserId, 0, 10, Cancellation));
    }

    [Fact]
    public async Task Append_RacesOfSeveralNodes_OneWinsEachTime()
    {
        var room = await Store.OpenRoomAsync();
        var other = await fixture.OpenAsync();
        for (var sequence = 1; sequence <= 10; sequence++)
        {
            var current = await Store.RoomAsync(room.RoomId);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(racer => (racer % 2 == 0 ? Store : other).Messages.AppendAsync(
                Batch(current, Message(sequence, clientMessageId: $"{sequence}-{racer}") with { MessageId = $"{sequence}-{racer}" }), Cancellation).AsTask()));
            Assert.Single(outcomes, AppendOutcome.Appended);
        }

        Assert.Equal("1 2 3 4 5 6 7 8 9 10", await Store.SequencesAsync(room, MessageRange.AfterSequence(0)));
    }

    [Fact]
    public async Task Append_ChangedMessage_TakesThePlaceOfWhatItWas()
    {
        var room = await Store.OpenRoomWithAsync(3);
        var changed = Message(2, change: 4, content: "changed") with { Mentions = ["bob"], EditedAt = Noon, Reactions = [new StoredReaction("👍", ["bob"])] };
        var added = Message(4, change: 5);

        await Store.WriteAsync(Batch(room, changed, added));

        AssertEqual([Message(1), changed, Message(3), added], await Store.ReadAsync(room, MessageRange.AfterSequence(0)));
        Assert.Equal(room with { Sequence = 4, Change = 5 }, await Store.RoomAsync(room.RoomId));
        Assert.Equal("1 3 2 4", await Store.SequencesAsync(room, MessageRange.AfterChange(0)));
        Assert.Equal("2 4", await Store.SequencesAsync(room, MessageRange.AfterChange(3)));
    }

    [Fact]
    public async Task Read_Ranges_GivePagesInAscendingOrder()
    {
        var room = await Store.OpenRoomWithAsync(9);

        Assert.Equal("7 8 9", await Store.SequencesAsync(room, MessageRange.Latest, 3));
        Assert.Equal("4 5 6", await Store.SequencesAsync(room, MessageRange.BeforeSequence(7), 3));
        Assert.Equal("1 2", await Store.SequencesAsync(room, MessageRange.BeforeSequence(3), 3));
        Assert.Empty(await Store.SequencesAsync(room, MessageRange.BeforeSequence(1), 3));
        Assert.Equal("3 4 5", await Store.SequencesAsync(room, MessageRange.AfterSequence(2), 3));
        Assert.Equal("9", await Store.SequencesAsync(room, MessageRange.AfterSequence(8), 3));
        Assert.Empty(await Store.SequencesAsync(room, MessageRange.AfterSequence(9), 3));
        Assert.Empty(await Store.SequencesAsync(room with { Incarnation = "another" }, MessageRange.Latest));
    }

    [Fact]
    public async Task Find_InAllWays_GivesEachOnce()
    {
        var room = await Store.OpenRoomWithAsync(6);
        var lookup = new MessageLookup
        {
            MessageIds = ["message-5", "message-1", "none"],
            Sent = [new SentMessageKey("ada", "client-2"), new SentMessageKey("bob", "client-3"), new SentMessageKey("ada", "client-5")],
            Sequences = [1, 6, 99],
        };

        var found = await Store.Messages.FindMessagesAsync(room.Key, lookup, Cancellation);

        Assert.Equal([1L, 2, 5, 6], found.Select(message => message.Sequence));
        Assert.Empty(await Store.Messages.FindMessagesAsync(room.Key, new MessageLookup(), Cancellation));
        Assert.Empty(await Store.Messages.FindMessagesAsync((await Store.OpenRoomAsync()).Key, lookup, Cancellation));
    }

    [Fact]
    public async Task CountUnread_OwnAndDeletedMessages_DoNotCount()
    {
        var room = await Store.OpenRoomAsync();
        await Store.WriteAsync(Batch(room, Message(1), Message(2), Message(3, sender: "bob"), Message(4) with { DeletedAt = Noon }, Message(5)));

        Assert.Equal(3, await Store.Messages.CountUnreadAsync(room.Key, "bob", 0, 100, Cancellation));
        Assert.Equal(1, await Store.Messages.CountUnreadAsync(room.Key, "bob", 2, 100, Cancellation));
        Assert.Equal(1, await Store.Messages.CountUnreadAsync(room.Key, "ada", 0, 100, Cancellation));
        Assert.Equal(2, await Store.Messages.CountUnreadAsync(room.Key, "bob", 0, 2, Cancellation));
        Assert.Equal(0, await Store.Messages.CountUnreadAsync(room.Key with { Incarnation = "another" }, "bob", 0, 100, Cancellation));
    }

    [Fact]
    public async Task Append_NumbersThatAreNoBatchs_IsADefectOfTheCaller()
    {
        var room = await Store.OpenRoomWithAsync(2);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Messages.AppendAsync(Batch(room, Message(3, change: 2)), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await Store.Messages.AppendAsync(Batch(room, Message(4), Message(3, change: 5)), Cancellation));

        Assert.Equal(room, await Store.RoomAsync(room.RoomId));
    }
}
