using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Reports;
using RealtimeCollab.LoadTester.Runs;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Tests.Reports;

public sealed class LiveViewTests
{
    private readonly RunProgress _progress = new(new Measurements(TimeProvider.System));
    private readonly TaskCompletionSource<int> _run = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LiveViewTests()
    {
        _progress.Enter(RunPhase.Load, TimeSpan.FromSeconds(30));
        _progress.Measurements.Connected();
        _progress.Measurements.Count(CountName.Edits, 1234);
        _progress.Measurements.Errors.Count("rate_limited");
        _progress.Measurements.Record(LatencyKind.Acknowledged, TimeProvider.System.GetTimestamp());
    }

    [Fact]
    public async Task Terminal_ShowsATableThatMoves()
    {
        var (console, written) = Results.CreateConsole();
        console.Profile.Capabilities.Interactive = true;
        console.Profile.Capabilities.Ansi = true;

        var watching = new LiveView(console, "typing").WatchAsync(_progress, _run.Task, TestContext.Current.CancellationToken);
        _run.SetResult(42);

        Assert.Equal(42, await watching);
        var text = written.ToString();
        Assert.All(["typing", "measuring", "of 30 s", "1,234", "rate_limited 1", "Acknowledged", "p99.9"], shown => Assert.Contains(shown, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pipe_GetsALineForEachPhase()
    {
        var (console, written) = Results.CreateConsole();

        var watching = new LiveView(console, "typing").WatchAsync(_progress, _run.Task, TestContext.Current.CancellationToken);
        _run.SetResult(42);
        await watching;

        Assert.Equal($"typing: measuring, 30 s{Environment.NewLine}", written.ToString());
    }

    [Fact]
    public void Result_IsToldWithItsChecks()
    {
        var (console, written) = Results.CreateConsole();

        new ResultView(console).Show(Results.Typing with { Checks = [new("Exactly once", Passed: false, "d: a.1 stands there [twice].")], Passed = false });

        var text = written.ToString();
        Assert.Contains("✗ Exactly once: d: a.1 stands there [twice].", text, StringComparison.Ordinal);
        Assert.Contains("Failed", text, StringComparison.Ordinal);
        Assert.Matches(@"Edits +500, 250/s", text);
        Assert.Matches(@"Server +25 % of a core, 80.0 MB of memory", text);
    }
}
