using RealtimeCollab.Sessions.Tests.Simulation.Checks;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>What a run did.</summary>
internal sealed record SimulationResult(ulong TraceHash, long Steps, Tally Tally);

/// <summary>Runs that can be repeated from their seeds.</summary>
internal static class Simulation
{
    /// <exception cref="SimulationFailure">A promise was broken; the message holds the seed.</exception>
    public static SimulationResult Run(int seed)
    {
        try
        {
            return new SimulationRun(new World(seed, keepsTrace: false)).ToEnd();
        }
        catch (Exception failure) when (failure is not SimulationFailure { InnerException: SimulationFailure })
        {
            throw new SimulationFailure($"SIMULATION_SEED={seed}: {failure.Message}\n{LastLines(seed, failure)}", failure);
        }
    }

    /// <summary>Runs the seed once more, for its last lines.</summary>
    private static string LastLines(int seed, Exception first)
    {
        const int Lines = 60;
        var world = new World(seed, keepsTrace: true);
        try
        {
            new SimulationRun(world).ToEnd();
        }
        catch (Exception failure)
        {
            return string.Join('\n', world.Trace.Lines.TakeLast(Lines))
                + (failure.Message == first.Message ? "" : $"\nRun again, it fails in another way: {failure}");
        }

        return "The same seed passes when it is run again: something in it is not decided by the seed.";
    }
}
