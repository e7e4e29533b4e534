using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Tests.Reports;

/// <summary>Results that are the same in every run, and a console that writes into a string.</summary>
internal static class Results
{
    public static RunResult Typing { get; } = new()
    {
        FormatVersion = RunResult.CurrentVersion,
        Scenario = "typing",
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Load = new LoadSummary(10, 5, 5, 0, 2, 1, 2, 1, "messagepack"),
        Server = new ServerSummary("http://127.0.0.1:5080", IsOwn: true, ProcessorSeconds: 0.5, MemoryBytes: 80_000_000),
        Tester = new TesterSummary(0.4, 2, "Linux", ".NET 10"),
        ElapsedSeconds = 2,
        Latencies = new Dictionary<string, LatencySummary>(StringComparer.Ordinal)
        {
            ["acknowledged"] = Latency(2, 4, 8, 16, 32, 500),
            ["seen"] = Latency(1, 2, 3, 4, 5, 2000),
        },
        Counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["edits"] = 500, ["editsSeen"] = 2000 },
        Traffic = new TrafficTotals(100_000, 400_000, 520, 2500),
        Errors = new Dictionary<string, long>(StringComparer.Ordinal),
        Timeline = [Point(1, 240, 960), Point(2, 260, 1040)],
        Checks = [new CheckResult("Convergence", Passed: true, "All show the same.")],
        Passed = true,
    };

    /// <summary>A console without a terminal, and what is written to it.</summary>
    public static (IAnsiConsole Console, StringWriter Written) CreateConsole()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = 200;
        return (console, written);
    }

    public static LatencySummary Latency(double p50, double p90, double p99, double p999, double max, long count) => new()
    {
        Count = count,
        Mean = p50,
        P50 = p50,
        P90 = p90,
        P99 = p99,
        P999 = p999,
        Max = max,
        Curve = [new(0, p50 / 2), new(50, p50), new(90, p90), new(99, p99), new(100, max)],
    };

    private static TimelinePoint Point(double seconds, long edits, long seen) => new(
        seconds,
        Length: 1,
        Connections: 50,
        new Dictionary<string, long>(StringComparer.Ordinal) { ["edits"] = edits, ["editsSeen"] = seen },
        new TrafficTotals(50_000, 200_000, 260, 1250),
        Errors: 0,
        new Dictionary<string, IntervalLatency>(StringComparer.Ordinal) { ["seen"] = new(seen, 1, 3, 5), ["acknowledged"] = new(edits, 2, 8, 32) });
}
