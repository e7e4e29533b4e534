namespace RealtimeCollab.LoadTester.Faults;

/// <summary>What a run is to be like.</summary>
internal sealed record FaultRunOptions
{
    /// <summary>The nodes of somebody's cluster, which nothing is done to; none: a cluster is started here, and everything is.</summary>
    public required IReadOnlyList<Uri> Nodes { get; init; }

    /// <summary>Tokens for these nodes, which people take in turn; none: the nodes give them for the asking, in the Development environment.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>So many people.</summary>
    public required int Clients { get; init; }

    /// <summary>In so many documents and their chats.</summary>
    public required int Documents { get; init; }

    /// <summary>Edits of each in a second, on average; a third as many messages.</summary>
    public required double Rate { get; init; }

    /// <summary>How long they write; in a cluster of its own not less than it takes for each fault once.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Faults hold for a few seconds only.</summary>
    public bool IsShort { get; init; }

    /// <summary>What people do is drawn from it.</summary>
    public required int Seed { get; init; }
}
