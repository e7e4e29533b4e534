using System.Collections.Immutable;

namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>What a latency is of.</summary>
/// <param name="Name">As it stands in result files.</param>
/// <param name="Title">For people.</param>
/// <param name="Meaning">From when to when.</param>
internal sealed record LatencyKind(string Name, string Title, string Meaning)
{
    public static LatencyKind Acknowledged { get; } =
        new("acknowledged", "Acknowledged", "from the moment an edit, message or status was due to the server's answer that it is stored");

    public static LatencyKind Seen { get; } =
        new("seen", "Seen by the others", "from the moment an edit, message or status was due to its showing at each other client");

    public static LatencyKind Joined { get; } =
        new("joined", "Joined", "from the moment a client was due to connect to its having the document");

    public static LatencyKind Recovered { get; } =
        new("recovered", "Recovered", "from the cut of a connection to the client's being synchronized again, with the edit made meanwhile");

    public static LatencyKind Lateness { get; } =
        new("lateness", "The tester's own lateness", "from the moment an action was due to its beginning: contained in the other latencies, and large if the tester is overloaded");

    /// <summary>In the order in which they are reported.</summary>
    public static ImmutableArray<LatencyKind> All { get; } = [Acknowledged, Seen, Joined, Recovered, Lateness];

    /// <summary>By name; one that this version does not know explains itself by its name.</summary>
    public static LatencyKind Named(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? new LatencyKind(name, name, "");
}

/// <summary>What is counted, as it stands in result files.</summary>
internal static class CountName
{
    public const string Edits = "edits";

    public const string EditsSeen = "editsSeen";

    public const string Messages = "messages";

    public const string MessagesSeen = "messagesSeen";

    public const string Statuses = "statuses";

    public const string StatusesSeen = "statusesSeen";

    public const string Joins = "joins";

    public const string Recoveries = "recoveries";
}
