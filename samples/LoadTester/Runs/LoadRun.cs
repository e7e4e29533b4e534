using System.Runtime.InteropServices;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;
using RealtimeCollab.LoadTester.Scenarios;
using RealtimeCollab.LoadTester.Servers;

namespace RealtimeCollab.LoadTester.Runs;

/// <summary>One run of a scenario: connect, warm up, load, check.</summary>
internal sealed class LoadRun(ScenarioDefinition definition, LoadPlan plan, LoadTarget target, TimeProvider time)
{
    /// <summary>For whoever watches.</summary>
    public RunProgress Progress { get; } = new(new Measurements(time));

    private Measurements Measured => Progress.Measurements;

    /// <summary>Runs it.</summary>
    /// <exception cref="LoadException">There is no server, or it does not let the clients in.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var own = target.Server is null ? await ServerProcess.StartAsync(operationsPerSecond: 0, cancellationToken) : null;
        using var deployment = new Deployment(target.Server ?? own!.Address, plan.Protocol, target.Tokens, Measured);
        var context = new LoadContext(plan, deployment);
        var result = await RunAsync(context, own, cancellationToken);
        Progress.Enter(RunPhase.Done);
        return result;
    }

    private async Task<RunResult> RunAsync(LoadContext context, ServerProcess? own, CancellationToken cancellationToken)
    {
        await using var scenario = definition.Create(context);
        Progress.Enter(RunPhase.Connecting, plan.Ramp);
        await scenario.ConnectAsync(cancellationToken);
        if (plan.WarmUp > TimeSpan.Zero)
        {
            Progress.Enter(RunPhase.WarmUp, plan.WarmUp);
            await scenario.LoadAsync(plan.WarmUp, cancellationToken);
        }

        Measured.BeginLoad();
        Progress.Enter(RunPhase.Load, plan.Duration);
        var (startedAt, start, serverBefore, testerBefore) = (time.GetUtcNow(), time.GetTimestamp(), own?.ProcessorTime, Environment.CpuUsage.TotalTime);
        var timeline = await LoadAsync(scenario, cancellationToken);
        var elapsed = time.GetElapsedTime(start);
        var server = new ServerSummary(
            AddressOf(target.Server ?? own!.Address), own is not null, (own?.ProcessorTime - serverBefore)?.TotalSeconds, own?.MemoryBytes);
        var tester = new TesterSummary(
            (Environment.CpuUsage.TotalTime - testerBefore).TotalSeconds, Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);
        var result = Summarize(startedAt, elapsed, server, tester, timeline);

        Progress.Enter(RunPhase.Checking);
        var checks = await scenario.CheckAsync(cancellationToken);
        return result with { Checks = checks, Passed = checks.All(check => check.Passed) };
    }

    private async Task<Timeline> LoadAsync(IScenario scenario, CancellationToken cancellationToken)
    {
        var timeline = new Timeline(Measured);
        using var loaded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampling = timeline.RunAsync(Timeline.IntervalFor(plan.Duration), loaded.Token);
        try
        {
            await scenario.LoadAsync(plan.Duration, cancellationToken);
        }
        finally
        {
            await loaded.CancelAsync();
            await sampling;
        }

        return timeline;
    }

    /// <summary>Without what may stand before the host: passwords belong in no result.</summary>
    private static string AddressOf(Uri server) => $"{server.Scheme}://{server.Authority}";

    private RunResult Summarize(DateTimeOffset startedAt, TimeSpan elapsed, ServerSummary server, TesterSummary tester, Timeline timeline) => new()
    {
        FormatVersion = RunResult.CurrentVersion,
        Scenario = definition.Name,
        StartedAt = startedAt,
        Load = LoadSummary.Of(plan),
        Server = server,
        Tester = tester,
        ElapsedSeconds = elapsed.TotalSeconds,
        Latencies = Measured.Latencies
            .Select(latency => KeyValuePair.Create(latency.Key, latency.Value.Summarize()))
            .Where(latency => latency.Value.Count > 0)
            .ToDictionary(StringComparer.Ordinal),
        Counts = Measured.Counts,
        Traffic = Measured.Traffic.Totals,
        Errors = Measured.Errors.Totals,
        Timeline = timeline.Points,
        Checks = [],
        Passed = false,
    };
}
