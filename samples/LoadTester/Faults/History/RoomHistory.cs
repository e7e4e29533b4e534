namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>What happened in one chat room, as its clients know it.</summary>
internal sealed record RoomHistory
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Messages that were sent.</summary>
    public required IReadOnlyList<SentMessage> Sent { get; init; }

    /// <summary>What each client was shown, in the order in which it was.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<SeenMessage>> Seen { get; init; }
}

/// <summary>A client sent a message.</summary>
/// <param name="Client">The client.</param>
/// <param name="Content">What it says; no two say the same.</param>
/// <param name="Sequence">What the server answered; null if it did not.</param>
internal sealed record SentMessage(string Client, string Content, long? Sequence);

/// <summary>A message as somebody has it.</summary>
/// <param name="Sequence">Its place in the room.</param>
/// <param name="Content">What it says.</param>
internal sealed record SeenMessage(long Sequence, string Content);
