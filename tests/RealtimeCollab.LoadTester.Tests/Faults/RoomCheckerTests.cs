using RealtimeCollab.LoadTester.Faults.Checking;
using RealtimeCollab.LoadTester.Faults.History;
using static RealtimeCollab.LoadTester.Tests.Faults.SampleRun;

namespace RealtimeCollab.LoadTester.Tests.Faults;

/// <summary>The same for messages.</summary>
public sealed class RoomCheckerTests
{
    [Fact]
    public void RunThatKeptEveryPromise_HasNoViolation() => Assert.Empty(Check(Chat, Room));

    [Fact]
    public void Message_ThatWasNeverAcknowledged_MayBeMissing()
    {
        var seen = Seen(new(1, "hello"), new(2, "hi"));

        Assert.Empty(Check(Chat with { Seen = seen }, Room with { Messages = [.. Room.Messages.Take(2)] }));
    }

    [Fact]
    public void Message_ThatWasAcknowledgedAndIsMissing_IsLost() =>
        Expect(ViolationKind.Lost, Check(Chat with { Sent = [.. Chat.Sent, new("bob", "gone", 4)] }, Room));

    [Fact]
    public void Message_ThatIsThereTwice_IsDoubled() =>
        Expect(ViolationKind.Doubled, Check(Chat, Room with { Messages = [.. Room.Messages, new(4, "hi")] }));

    [Fact]
    public void Message_ThatNobodySent_IsInvented() =>
        Expect(ViolationKind.Invented, Check(Chat, Room with { Messages = [.. Room.Messages, new(4, "boo")] }));

    [Fact]
    public void Room_ThatSkipsASequence_HasAGap() =>
        Expect(ViolationKind.Gap, Check(Chat, Room with { Messages = [new(1, "hello"), new(3, "hi")] }));

    [Fact]
    public void Client_ThatWasShownMessagesTwiceOrInAnotherOrder_IsFound()
    {
        Expect(ViolationKind.OrderDiffers, Check(Chat with { Seen = Seen(new(1, "hello"), new(3, "no answer came"), new(2, "hi")) }, Room));
        Expect(ViolationKind.OrderDiffers, Check(Chat with { Seen = Seen(new(1, "hello"), new(2, "hi"), new(2, "hi"), new(3, "no answer came")) }, Room));
        Expect(ViolationKind.OrderDiffers, Check(Chat with { Seen = Seen(new(1, "hi"), new(2, "hi"), new(3, "no answer came")) }, Room));
    }

    [Fact]
    public void Client_ThatWasNotShownAMessage_IsFound() =>
        Expect(ViolationKind.Missed, Check(Chat with { Seen = Seen(new(1, "hello"), new(3, "no answer came")) }, Room));

    private static Dictionary<string, IReadOnlyList<SeenMessage>> Seen(params IReadOnlyList<SeenMessage> messages) =>
        new(StringComparer.Ordinal) { ["client"] = messages };

    private static IReadOnlyList<Violation> Check(RoomHistory history, FinalRoom final) =>
        HistoryChecker.Check(new RunHistory([], [history]), new FinalState([], [final]));

    private static void Expect(ViolationKind kind, IReadOnlyList<Violation> violations) =>
        Assert.Contains(violations, violation => violation.Kind == kind && violation.Where == Place);
}
