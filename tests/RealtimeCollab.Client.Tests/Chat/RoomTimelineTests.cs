using RealtimeCollab.Client.Chat;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Chat;

/// <summary>Whatever comes in whatever order, messages are received in the order of their sequences, each once.</summary>
public sealed class RoomTimelineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Receive_InOrder_IsReceivedAtOnce()
    {
        var timeline = Joined();
        timeline.Receive(Message(1, 1));
        timeline.Receive(Message(2, 2));

        Assert.Equal("+1 +2", Events(timeline));
        Assert.False(timeline.IsBehind);
    }

    [Fact]
    public void Receive_TooEarly_WaitsForWhatIsBetween()
    {
        var timeline = Joined();
        timeline.Receive(Message(3, 3));
        timeline.Receive(Message(2, 2));
        Assert.Equal("", Events(timeline));
        Assert.True(timeline.IsBehind);

        timeline.Receive(Message(1, 1));

        Assert.Equal("+1 +2 +3", Events(timeline));
        Assert.False(timeline.IsBehind);
    }

    [Fact]
    public void Receive_Twice_IsReceivedOnce()
    {
        var timeline = Joined();
        timeline.Receive(Message(1, 1));
        timeline.Receive(Message(1, 1));
        timeline.Receive(Message(2, 2));
        timeline.Receive(Message(1, 1));

        Assert.Equal("+1 +2", Events(timeline));
    }

    [Fact]
    public void Receive_Changes_ReplaceTheMessage()
    {
        var timeline = Joined(Message(1, 1), Message(2, 2));
        timeline.Receive(Message(1, 3, "edited"));
        timeline.Receive(new ReactionsChanged { RoomId = "r", MessageId = "m2", Sequence = 2, Change = 4, Reactions = [new Reaction { Emoji = "👍", UserIds = ["ada"] }] });
        timeline.Receive(Message(1, 1));

        Assert.Equal("*1 *2", Events(timeline));
        Assert.Equal(("edited", "👍"), (timeline.Messages[0].Content, timeline.Messages[1].Reactions[0].Emoji));
    }

    [Fact]
    public void Fill_WithAMessageThatWasEdited_KeepsTheOrderOfSequences()
    {
        var timeline = Joined(Message(1, 1));
        timeline.Receive(Message(4, 9));

        // 2 was edited after 3 came: it stands behind it in the order of changes
        timeline.Fill([Message(3, 3), Message(2, 5, "edited"), Message(4, 9)], isAll: true, head: 9);

        Assert.Equal("+2 +3 +4", Events(timeline));
        Assert.Equal(9, timeline.Change);
    }

    [Fact]
    public void Fill_Pages_GoOnWhereTheLastEnded()
    {
        var timeline = Joined(Message(1, 1));
        timeline.HeadSeen(5);
        timeline.Fill([Message(2, 2), Message(3, 3)], isAll: false, head: 5);
        Assert.Equal(3, timeline.Change);
        Assert.True(timeline.IsBehind);

        timeline.Fill([Message(4, 4), Message(5, 5)], isAll: true, head: 5);

        Assert.Equal("+2 +3 +4 +5", Events(timeline));
        Assert.False(timeline.IsBehind);
    }

    [Fact]
    public void Fill_WhileCallbacksCome_LosesAndDoublesNothing()
    {
        var timeline = Joined();
        timeline.Receive(Message(5, 5));
        timeline.Receive(Message(6, 6));
        timeline.Fill([Message(1, 1), Message(2, 2), Message(3, 3), Message(4, 4), Message(5, 5)], isAll: true, head: 5);
        timeline.Receive(Message(7, 7));

        Assert.Equal("+1 +2 +3 +4 +5 +6 +7", Events(timeline));
    }

    [Fact]
    public void Receive_ChangeOfAMessageThatIsNotLoaded_IsPassedOver()
    {
        var timeline = Joined(Message(8, 8), Message(9, 9));
        timeline.Receive(Message(2, 10, "edited"));
        timeline.Receive(Message(10, 11));

        Assert.Equal("+10", Events(timeline));
        Assert.Equal(11, timeline.Change);
    }

    [Fact]
    public void Prepend_OlderMessages_JoinUp()
    {
        var timeline = Joined(Message(5, 5));
        timeline.Prepend([Message(3, 3), Message(4, 4), Message(5, 5)]);
        timeline.Prepend([Message(1, 1)]);

        Assert.Equal([3L, 4, 5], timeline.Messages.Select(message => message.Sequence));
        timeline.Receive(Message(3, 6, "edited"));
        Assert.Equal("edited", timeline.Messages[0].Content);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Receive_Shuffled_IsReceivedInOrder(int seed)
    {
        var random = new Random(seed);
        var arrivals = Enumerable.Range(1, 200).SelectMany(number => Enumerable.Repeat(Message(number, number), random.Next(1, 4))).ToArray();
        random.Shuffle(arrivals);
        var timeline = Joined();
        foreach (var message in arrivals)
            timeline.Receive(message);

        Assert.Equal(string.Join(' ', Enumerable.Range(1, 200).Select(number => $"+{number}")), Events(timeline));
    }

    private static RoomTimeline Joined(params ChatMessage[] messages)
    {
        var timeline = new RoomTimeline();
        timeline.Reset(new RoomSnapshot
        {
            RoomId = "r",
            Messages = messages,
            Members = [],
            LastSequence = messages.Length == 0 ? 0 : messages[^1].Sequence,
            LastChange = messages.Length == 0 ? 0 : messages.Max(message => message.Change),
            LastReadSequence = 0,
            UnreadCount = 0,
            Role = DocumentRole.Commenter,
        });
        timeline.TakeEvents();
        return timeline;
    }

    private static string Events(RoomTimeline timeline) => string.Join(
        ' ', timeline.TakeEvents().Select(happened => $"{(happened.Kind == TimelineEventKind.Received ? '+' : '*')}{happened.Message!.Sequence}"));

    private static ChatMessage Message(long sequence, long change, string content = "Hello") => new()
    {
        MessageId = $"m{sequence}",
        ClientMessageId = $"c{sequence}",
        RoomId = "r",
        Sequence = sequence,
        Change = change,
        SenderId = "ada",
        SenderName = "Ada",
        Content = content,
        MessageType = "text",
        Mentions = [],
        Reactions = [],
        Timestamp = Noon,
    };
}
