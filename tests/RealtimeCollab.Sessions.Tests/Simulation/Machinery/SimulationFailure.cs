namespace RealtimeCollab.Sessions.Tests.Simulation.Machinery;

/// <summary>A promise was broken, or the run left the thread that it is to stay on.</summary>
internal sealed class SimulationFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Fails the run unless a condition holds.</summary>
    public static void Unless(bool holds, string promise)
    {
        if (!holds)
            throw new SimulationFailure(promise);
    }
}
