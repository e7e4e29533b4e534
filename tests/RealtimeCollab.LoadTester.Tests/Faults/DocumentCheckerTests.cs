using RealtimeCollab.LoadTester.Faults.Checking;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.OperationalTransform;
using static RealtimeCollab.LoadTester.Tests.Faults.SampleRun;

namespace RealtimeCollab.LoadTester.Tests.Faults;

/// <summary>Histories that are falsified in one place: the checker finds what was falsified, and nothing in the true one.</summary>
public sealed class DocumentCheckerTests
{
    private static readonly TextOperation Nothing = TextOperation.Replace(12, 0, 0, "");

    [Fact]
    public void RunThatKeptEveryPromise_HasNoViolation() => Assert.Empty(Check(History, Final));

    [Fact]
    public void Log_WithoutAnAcknowledgedOperation_HasLostIt()
    {
        var violations = Check(History with { Deliveries = [] }, Final with { Log = [.. Log.Take(3)], Shown = Shows(3, "bob 1\n") });

        Assert.DoesNotContain(violations, violation => violation.Kind == ViolationKind.Lost);
        var acknowledged = History with { Deliveries = [], Acknowledgements = [.. History.Acknowledgements, new("ada", "a3", 4)] };
        Expect(ViolationKind.Lost, Check(acknowledged, Final with { Log = [.. Log.Take(3)], Shown = Shows(3, "bob 1\n") }));
    }

    [Fact]
    public void Log_WithoutAnEntryThatWasTold_HasLostIt() =>
        Expect(ViolationKind.Lost, Check(History, Final with { Log = [.. Log.Take(3)], Shown = Shows(3, "bob 1\n") }));

    [Fact]
    public void Log_WithAnotherOperationThanWasAcknowledged_HasLostIt() =>
        Expect(ViolationKind.Lost, Check(History with { Acknowledgements = [new("ada", "a3", 3)] }, Final));

    [Fact]
    public void Operation_ThatIsInTheLogTwice_IsDoubled()
    {
        StoredEntry[] log = [.. Log, new(5, "b1", TextOperation.Replace(12, 0, 0, "bob 1\n"))];

        var violations = Check(History, Final with { Log = log, Shown = Shows(5, "bob 1\n" + Content) });

        Expect(ViolationKind.Doubled, violations);
        Expect(ViolationKind.EditDiffers, violations);
    }

    [Fact]
    public void Operation_ThatNobodySent_IsInvented() =>
        Expect(ViolationKind.Invented, Check(History, Final with { Log = [.. Log, new(5, "x1", Nothing)], Shown = Shows(5, Content) }));

    [Fact]
    public void Log_ThatSkipsARevision_HasAGap() =>
        Expect(ViolationKind.Gap, Check(History with { Deliveries = [] }, Final with { Log = [Log[0], Log[1], Log[3]] }));

    [Fact]
    public void Log_WhoseBeginningNobodyWasTold_HasAGap() =>
        Expect(ViolationKind.Gap, Check(History with { Deliveries = [], Acknowledgements = [] }, Final with { Log = [.. Log.Skip(2)] }));

    [Fact]
    public void Log_WhoseBeginningWasCompactedAway_IsMadeUpForByWhatWasTold() =>
        Assert.Empty(Check(History, Final with { Log = [.. Log.Skip(2)] }));

    [Fact]
    public void Clients_ThatWereToldDifferentOrders_AreFound_WhereTheStoreKnowsNothingToo()
    {
        var swapped = History with { Deliveries = [.. History.Deliveries, new("carol", 1, "b1", Log[1].Operation)] };

        Expect(ViolationKind.OrderDiffers, Check(swapped, Final));
        Expect(ViolationKind.OrderDiffers, Check(swapped, Final with { Log = [.. Log.Skip(2)] }));
    }

    [Fact]
    public void Entry_ThatWasToldWithAnotherOperation_IsFound() =>
        Expect(ViolationKind.OrderDiffers, Check(History with { Deliveries = [.. History.Deliveries, new("carol", 2, "b1", Nothing)] }, Final));

    [Theory]
    [InlineData(4, "bob 1\nada 3\n")]
    [InlineData(3, Content)]
    public void Client_ThatShowsAnotherContentOrRevision_IsFound(long revision, string content)
    {
        var shown = new Dictionary<string, ShownDocument>(Final.Shown, StringComparer.Ordinal) { ["bob"] = new(revision, content) };

        var violation = Assert.Single(Check(History, Final with { Shown = shown }));
        Assert.Equal(ViolationKind.ContentDiffers, violation.Kind);
        Assert.Contains("bob", violation.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_ThatDoesNotFit_IsFound() =>
        Expect(ViolationKind.ContentDiffers, Check(History with { Deliveries = [] }, Final with { Log = [Log[0], Log[2] with { Revision = 2 }], Shown = Shows(2, "") }));

    [Fact]
    public void Line_ThatIsMissingOrWasTakenBack_IsFound()
    {
        Expect(ViolationKind.EditDiffers, Check(History with { Lines = ["bob 1", "ada 2", "ada 3"] }, Final));
        Expect(ViolationKind.EditDiffers, Check(History with { Lines = ["ada 2"] }, Final));
    }

    [Fact]
    public void Line_ThatWasGivenUp_MayBeThereOrNot()
    {
        Assert.Empty(Check(History with { Lines = ["bob 1"], GivenUp = ["ada 2", "ada 3"] }, Final));
    }

    private static Dictionary<string, ShownDocument> Shows(long revision, string content) =>
        Final.Shown.Keys.ToDictionary(name => name, _ => new ShownDocument(revision, content), StringComparer.Ordinal);

    private static IReadOnlyList<Violation> Check(DocumentHistory history, FinalDocument final) =>
        HistoryChecker.Check(new RunHistory([history], []), new FinalState([final], []));

    private static void Expect(ViolationKind kind, IReadOnlyList<Violation> violations) =>
        Assert.Contains(violations, violation => violation.Kind == kind && violation.Where == Place);
}
