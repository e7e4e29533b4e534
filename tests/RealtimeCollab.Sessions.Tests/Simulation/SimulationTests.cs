using System.Globalization;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>
/// The real sessions and the real client state machine in a world where everything goes wrong. SIMULATION_SEED repeats one run;
/// SIMULATION_RUNS and SIMULATION_MINUTES say how many, or how long, by hand.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int RunsByDefault = 4_000;
    private const int EnoughForAll = 1_000;

    private static readonly string[] Troubles =
    [
        "crash of a node", "node drained", "connection cut", "operation sent again", "conflict copy", "compaction",
        "append that fails afterwards", "append that lands late", "batch that clashed", "transaction in which some clash",
        "log Evicted", "log OutboxFull", "log PublishFailed", "log SnapshotFailed", "log StoreFailed",
        "refusal RevisionTooOld", "refusal StoreUnavailable", "refusal ServerDraining", "refusal RateLimited",
    ];

    [Fact]
    public void Clients_WhateverGoesWrong_LoseNothingAndDoubleNothing()
    {
        var tally = new Tally();
        var runs = 0;
        foreach (var seed in Seeds())
        {
            tally.Add(Simulation.Run(seed).Tally);
            runs++;
        }

        output.WriteLine($"{runs} runs, no promise broken: {tally}");
        if (runs >= EnoughForAll)
            Assert.DoesNotContain(Troubles, trouble => tally[trouble] == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_WithTheSameSeed_IsTheSameRun(int seed)
    {
        var first = Simulation.Run(seed);

        var second = Simulation.Run(seed);
        Assert.Equal((first.TraceHash, first.Steps), (second.TraceHash, second.Steps));
        Assert.NotEqual(first.TraceHash, Simulation.Run(seed + 1_000_000).TraceHash);
    }

    [Fact]
    public void Scheduler_WorkFromAnotherThread_FailsTheRun()
    {
        var scheduler = new SimulationScheduler(new Random(1));
        var process = new VirtualProcess("process", scheduler);
        process.Post(() => { });
        scheduler.Step();

        var stray = new Thread(() => process.Post(() => { }));
        stray.Start();
        stray.Join();

        Assert.Throws<SimulationFailure>(scheduler.Step);
    }

    private static IEnumerable<int> Seeds()
    {
        if (Setting("SIMULATION_SEED") is { } seed)
            return [(int)seed];
        if (Setting("SIMULATION_MINUTES") is { } minutes)
            return Until(TimeSpan.FromMinutes(minutes));
        return Enumerable.Range(1, (int)(Setting("SIMULATION_RUNS") ?? RunsByDefault));
    }

    private static IEnumerable<int> Until(TimeSpan time)
    {
        var start = TimeProvider.System.GetTimestamp();
        var random = new Random();
        while (TimeProvider.System.GetElapsedTime(start) < time)
            yield return random.Next();
    }

    private static double? Setting(string name) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
