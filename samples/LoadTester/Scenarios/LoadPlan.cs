using RealtimeCollab.Client;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>How much of a scenario, for how long.</summary>
internal sealed record LoadPlan
{
    /// <summary>Documents or chat rooms, at least 1.</summary>
    public int Documents { get; init; } = 10;

    /// <summary>In each document or room, at least 1.</summary>
    public int Clients { get; init; } = 5;

    /// <summary>Actions of each client in a second, on average; what an action is depends on the scenario.</summary>
    public double Rate { get; init; }

    /// <summary>From one storm, cut or check to the next.</summary>
    public TimeSpan Every { get; init; }

    /// <summary>How long the load is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Over what time the clients connect, evenly.</summary>
    public TimeSpan Ramp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Load before the measured one, which is not counted.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it waits, when the load has ended, for what is still on its way.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Draws the same instants, letters and choices again; how they meet is up to the machines.</summary>
    public int Seed { get; init; } = 1;

    public HubProtocolChoice Protocol { get; init; }

    public int AllClients => Documents * Clients;
}
