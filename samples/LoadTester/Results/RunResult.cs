using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Results;

/// <summary>What a run found, as it is written to a file; docs/load-testing.md describes it. Times are in seconds, latencies in milliseconds.</summary>
internal sealed record RunResult
{
    /// <summary>Raised when a reader of an older version would read something wrong; members may be added without that.</summary>
    public const int CurrentVersion = 1;

    public required int FormatVersion { get; init; }

    public required string Scenario { get; init; }

    /// <summary>What the user calls this run.</summary>
    public string? Label { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required LoadSummary Load { get; init; }

    public required ServerSummary Server { get; init; }

    public required TesterSummary Tester { get; init; }

    /// <summary>How long the measured part took, with the wait for what was on its way at the end.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>By <see cref="LatencyKind.Name"/>.</summary>
    public required IReadOnlyDictionary<string, LatencySummary> Latencies { get; init; }

    /// <summary>By <see cref="CountName"/>.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    public required TrafficTotals Traffic { get; init; }

    /// <summary>By code.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Whether all checks passed.</summary>
    public required bool Passed { get; init; }

    /// <summary>How many of something came in a second of the measured part.</summary>
    /// <param name="name">A <see cref="CountName"/>.</param>
    public double PerSecond(string name) => PerSecond(Timeline.Sum(point => (double)point.Counts.GetValueOrDefault(name)));

    /// <summary>How many of so many came in a second of the measured part.</summary>
    public double PerSecond(double count) => ElapsedSeconds > 0 ? count / ElapsedSeconds : 0;
}

/// <summary>The <see cref="LoadPlan"/> of a run.</summary>
internal sealed record LoadSummary(
    int Documents, int ClientsPerDocument, double RatePerClient, double EverySeconds, double DurationSeconds, double RampSeconds, double WarmUpSeconds, int Seed, string Protocol)
{
    public static LoadSummary Of(LoadPlan plan) => new(
        plan.Documents,
        plan.Clients,
        plan.Rate,
        plan.Every.TotalSeconds,
        plan.Duration.TotalSeconds,
        plan.Ramp.TotalSeconds,
        plan.WarmUp.TotalSeconds,
        plan.Seed,
        plan.Protocol.ToString().ToLowerInvariant());
}

/// <param name="Address">Where it is.</param>
/// <param name="IsOwn">Whether the tester started it, so that it can tell the rest.</param>
/// <param name="ProcessorSeconds">Processor time during the measured part.</param>
/// <param name="MemoryBytes">Its working set at the end of the measured part.</param>
internal sealed record ServerSummary(string Address, bool IsOwn, double? ProcessorSeconds, long? MemoryBytes);

/// <summary>The process that made the load: a run that took all of a core of it says little about the server.</summary>
internal sealed record TesterSummary(double ProcessorSeconds, int Processors, string System, string Runtime);
