namespace RealtimeCollab.Sessions.Tests.Simulation.Machinery;

/// <summary>A promise was broken, or the run left the thread that it is to stay on.</summary>
internal sealed class SimulationFailure(string message, Exception? inner = null) : Exception(message, inner);
