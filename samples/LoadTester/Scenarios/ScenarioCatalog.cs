using System.Collections.Immutable;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>All scenarios.</summary>
internal static class ScenarioCatalog
{
    public static ImmutableArray<ScenarioDefinition> All { get; } =
    [
        new("typing", "People type into documents at a pace of their own: latency at a load that you choose.",
            new LoadPlan { Rate = 5 }, static context => new EditorScenario(context, static (crowd, time, stop) => crowd.TypeAsync(time, stop))) { RateOf = "edits" },
        new("flood", "Everybody types the next letter as soon as the last one is stored: the most that the server takes.",
            new LoadPlan(), static context => new EditorScenario(context, static (crowd, time, stop) => crowd.FloodAsync(time, stop)))
        {
            Unpaced = "as many edits a second as the server takes",
        },
        new("idle", "Connections that have joined a document and say nothing: what a connection costs.",
            new LoadPlan { Documents = 20, Clients = 50, Ramp = TimeSpan.FromSeconds(10), WarmUp = TimeSpan.Zero }, static context => new IdleScenario(context)),
        new("join-storm", "All clients connect and open their document at the same moment, and go again.",
            new LoadPlan { Clients = 20, Every = TimeSpan.FromSeconds(5), WarmUp = TimeSpan.Zero }, static context => new JoinStormScenario(context)) { EveryOf = "joins" },
        new("reconnect-storm", "All connections are cut at the same moment, each with an edit under way.",
            new LoadPlan { Clients = 20, Every = TimeSpan.FromSeconds(5), WarmUp = TimeSpan.Zero }, static context => new ReconnectStormScenario(context)) { EveryOf = "cuts" },
        new("chat", "People talk in chat rooms.",
            new LoadPlan { Documents = 5, Clients = 20, Rate = 2 }, static context => new ChatScenario(context))
        {
            RateOf = "messages", MostClients = 200,
        },
        new("presence", "People change their status and see the others'.",
            new LoadPlan { Documents = 5, Clients = 20, Rate = 0.5 }, static context => new PresenceScenario(context)) { RateOf = "changes of status" },
        new("office-day", "Typing, chat, presence, coming and going at once.",
            new LoadPlan { Rate = 1, Every = TimeSpan.FromSeconds(2) }, static context => new OfficeDayScenario(context))
        {
            RateOf = "edits", EveryOf = "a coming and going", Hubs = 3, MostClients = 200,
        },
        new("soak", "Typing for hours with connections that are cut now and then; everybody is compared again and again.",
            new LoadPlan { Rate = 1, Every = TimeSpan.FromMinutes(1), Duration = TimeSpan.FromHours(1) }, static context => new SoakScenario(context))
        {
            RateOf = "edits", EveryOf = "a comparison",
        },
    ];
}
