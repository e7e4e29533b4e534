using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Reports;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Tests.Reports;

public sealed class ComparisonTests
{
    private static readonly RunResult Faster = Results.Typing with
    {
        Label = "faster",
        Latencies = new Dictionary<string, LatencySummary>(StringComparer.Ordinal) { ["acknowledged"] = Results.Latency(1, 4, 12, 16, 32, 500) },
        Errors = new Dictionary<string, long>(StringComparer.Ordinal) { ["rate_limited"] = 3 },
    };

    [Fact]
    public void Rows_TellDifferenceAndRatio_AndWhichIsBetter()
    {
        var rows = Comparison.Of(Results.Typing, Faster).Rows.ToDictionary(row => row.Name);

        Assert.Equal((-1.0, 0.5, true), (rows["Acknowledged, p50"].Difference, rows["Acknowledged, p50"].Ratio, rows["Acknowledged, p50"].IsBetter));
        Assert.Equal((4.0, 1.5, false), (rows["Acknowledged, p99"].Difference, rows["Acknowledged, p99"].Ratio, rows["Acknowledged, p99"].IsBetter));
        Assert.Null(rows["Acknowledged, p90"].IsBetter);
        Assert.Equal((3.0, (double?)null, false), (rows["Errors"].Difference, rows["Errors"].Ratio, rows["Errors"].IsBetter));
        Assert.Equal(250, rows["Edits per second"].A);
    }

    [Fact]
    public void Figures_ThatOnlyOneHas_AreNotCompared() =>
        Assert.DoesNotContain(Comparison.Of(Results.Typing, Faster).Rows, row => row.Name.StartsWith("Seen", StringComparison.Ordinal));

    [Fact]
    public void MoreThroughput_IsBetter()
    {
        var more = Results.Typing with { ElapsedSeconds = 1 };

        Assert.True(Comparison.Of(Results.Typing, more).Rows.Single(row => row.Name == "Edits per second").IsBetter);
    }

    [Fact]
    public void Settings_ThatDiffer_AreNamed()
    {
        var other = Faster with { Load = Results.Typing.Load with { Documents = 20, Protocol = "json" } };

        Assert.Empty(Comparison.Of(Results.Typing, Faster).Settings);
        Assert.Equal(
            [new SettingDifference("documents", "10", "20"), new SettingDifference("protocol", "messagepack", "json")],
            Comparison.Of(Results.Typing, other).Settings);
    }

    [Fact]
    public void View_PrintsBothNamesAndTheRatios()
    {
        var (console, written) = Results.CreateConsole();

        new ComparisonView(console).Show(Comparison.Of(Results.Typing, Faster with { Load = Results.Typing.Load with { Documents = 20 } }));

        var text = written.ToString();
        Assert.Contains("typing 2026-01-02 03:04:05", text, StringComparison.Ordinal);
        Assert.Contains("Not the same load: documents 10 and 20", text, StringComparison.Ordinal);
        Assert.Matches(@"Acknowledged, p50, ms +│ +2\.00 +│ +1\.00 +│ +-1\.00 +│ +0\.500×", text);
        Assert.Matches(@"Errors +│ +0 +│ +3\.00 +│ +\+3\.00 +│ +–", text);
    }
}
