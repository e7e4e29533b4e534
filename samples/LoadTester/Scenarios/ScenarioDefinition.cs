namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>A scenario as the command line offers it.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Description">What happens, in a sentence.</param>
/// <param name="Defaults">What is used for options that are not given.</param>
/// <param name="Create">Makes it.</param>
internal sealed record ScenarioDefinition(string Name, string Description, LoadPlan Defaults, Func<LoadContext, IScenario> Create)
{
    /// <summary>What <see cref="LoadPlan.Rate"/> is the rate of; null: the scenario has none.</summary>
    public string? RateOf { get; init; }

    /// <summary>What <see cref="LoadPlan.Every"/> is the time between; null: the scenario has none.</summary>
    public string? EveryOf { get; init; }

    /// <summary>What is done by a scenario that has neither.</summary>
    public string Unpaced { get; init; } = "nothing beside keep-alives";

    /// <summary>The most clients of one document or room.</summary>
    public int MostClients { get; init; } = 100_000;

    /// <summary>Hubs that each client connects to.</summary>
    public int Hubs { get; init; } = 1;

    /// <summary>What a plan asks of a server, for whoever has to agree to it.</summary>
    public string Demand(LoadPlan plan)
    {
        var connections = plan.AllClients * Hubs;
        var rate = (RateOf, EveryOf) switch
        {
            ({ } what, _) => $"{plan.Rate * plan.AllClients:0.##} {what} a second",
            (null, { } what) => $"{what} of all of them every {plan.Every.TotalSeconds:0.##} s",
            _ => Unpaced,
        };
        return FormattableString.Invariant($"{connections} connections over {plan.Ramp.TotalSeconds:0.##} s, {rate}, for {plan.Duration.TotalSeconds:0.##} s");
    }
}
