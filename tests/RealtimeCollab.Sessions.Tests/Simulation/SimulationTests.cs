using System.Globalization;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>
/// The real sessions and the real client state machine in a world where everything goes wrong. SIMULATION_SEED repeats one run;
/// SIMULATION_RUNS and SIMULATION_MINUTES say how many, or how long, by hand.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int RunsByDefault = 1_500;

    [Fact]
    public void Clients_WhateverGoesWrong_LoseNothingAndDoubleNothing()
    {
        long committed = 0, acknowledged = 0, copies = 0, runs = 0;
        foreach (var seed in Seeds())
        {
            var result = Simulation.Run(seed);
            committed += result.Committed;
            acknowledged += result.Acknowledged;
            copies += result.ConflictCopies;
            runs++;
        }

        output.WriteLine($"{runs} runs: {committed} operations committed, {acknowledged} acknowledgements, {copies} conflict copies; no promise broken.");
        Assert.True(committed > runs, "So few operations prove nothing.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_WithTheSameSeed_IsTheSameRun(int seed)
    {
        var first = Simulation.Run(seed);

        Assert.Equal(first, Simulation.Run(seed));
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
