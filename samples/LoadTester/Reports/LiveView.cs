using System.Globalization;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Runs;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Reports;

/// <summary>Shows a run while it goes on: a table that moves in a terminal, a line for each phase elsewhere.</summary>
internal sealed class LiveView(IAnsiConsole console, string scenario)
{
    private const int BarLength = 40;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private IReadOnlyDictionary<string, long> _counts = new Dictionary<string, long>(StringComparer.Ordinal);
    private TrafficTotals _traffic = new(0, 0, 0, 0);
    private TimeSpan _at;
    private RunPhase _phase;

    /// <summary>Watches until the run has ended, and returns what it returns.</summary>
    public async Task<T> WatchAsync<T>(RunProgress progress, Task<T> run, CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities.Interactive)
            await console.Live(Draw(progress)).AutoClear(enabled: true).StartAsync(context => FollowAsync(run, () => context.UpdateTarget(Draw(progress)), cancellationToken));
        else
            await FollowAsync(run, () => TellPhase(progress), cancellationToken);
        return await run;
    }

    private static async Task FollowAsync(Task run, Action show, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Refresh, TimeProvider.System);
        while (!run.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            show();
            await Task.WhenAny(run, timer.WaitForNextTickAsync(CancellationToken.None).AsTask());
        }
    }

    private void TellPhase(RunProgress progress)
    {
        if (progress.Phase == _phase || progress.Phase == RunPhase.Done)
            return;
        _phase = progress.Phase;
        console.WriteLine($"{scenario}: {Words(_phase)}{(progress.Length > TimeSpan.Zero ? $", {Figures.Seconds(progress.Length.TotalSeconds)}" : "")}");
    }

    private static string Words(RunPhase phase) => phase switch
    {
        RunPhase.WarmUp => "warming up",
        RunPhase.Load => "measuring",
        _ => phase.ToString().ToLowerInvariant(),
    };

    private Rows Draw(RunProgress progress)
    {
        var measurements = progress.Measurements;
        return new Rows(
            new Markup(Bar(progress)),
            new Text(""),
            Rates(progress, measurements),
            LatencyTable.Of(measurements.Latencies.ToDictionary(latency => latency.Key, latency => latency.Value.Summarize(), StringComparer.Ordinal)));
    }

    private string Bar(RunProgress progress)
    {
        var share = progress.Length > TimeSpan.Zero ? Math.Clamp(progress.Elapsed / progress.Length, 0, 1) : 1;
        var done = (int)(share * BarLength);
        var time = progress.Length > TimeSpan.Zero ? $"{Figures.Seconds(Math.Floor(progress.Elapsed.TotalSeconds))} of {Figures.Seconds(progress.Length.TotalSeconds)}" : "";
        return $"[bold]{scenario}[/] {Words(progress.Phase),-10} [green]{new string('━', done)}[/][grey]{new string('━', BarLength - done)}[/] {time}";
    }

    private Grid Rates(RunProgress progress, Measurements measurements)
    {
        var (counts, traffic, at) = (measurements.Counts, measurements.Traffic.Totals, progress.Elapsed);
        // a new phase starts its clock, and the counts, anew
        var seconds = at > _at ? (at - _at).TotalSeconds : at.TotalSeconds;
        string Rate(double now, double before) => seconds > 0 ? Figures.Number(Math.Max(0, now - before) / seconds) : "–";

        var grid = new Grid().AddColumns(4);
        grid.AddRow("[grey]Connections[/]", measurements.Connections.ToString("N0", CultureInfo.InvariantCulture), "[grey]Errors[/]", Errors(measurements.Errors));
        grid.AddRow("[grey]Sent[/]", $"{Rate(traffic.BytesSent / 1000.0, _traffic.BytesSent / 1000.0)} KB/s", "[grey]Received[/]", $"{Rate(traffic.BytesReceived / 1000.0, _traffic.BytesReceived / 1000.0)} KB/s");
        foreach (var (name, count) in counts.OrderBy(count => count.Key, StringComparer.Ordinal))
            grid.AddRow($"[grey]{Figures.Words(name)}[/]", Figures.Count(count), "", $"{Rate(count, _counts.GetValueOrDefault(name))}/s");
        (_counts, _traffic, _at) = (counts, traffic, at);
        return grid;
    }

    private static string Errors(ErrorCounts errors) => errors.Total == 0
        ? "[green]none[/]"
        : $"[red]{Markup.Escape(string.Join(", ", errors.Totals.Select(error => $"{error.Key} {Figures.Count(error.Value)}")))}[/]";
}
