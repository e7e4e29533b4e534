using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>What there is when everybody is at rest.</summary>
/// <param name="Documents">Each document.</param>
/// <param name="Rooms">Each chat room.</param>
internal sealed record FinalState(IReadOnlyList<FinalDocument> Documents, IReadOnlyList<FinalRoom> Rooms);

/// <summary>A document at rest.</summary>
internal sealed record FinalDocument
{
    /// <summary>The document.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The entries that the store still has, in its order; history may have been compacted away before them.</summary>
    public required IReadOnlyList<StoredEntry> Log { get; init; }

    /// <summary>What each node and each client shows, by its name.</summary>
    public required IReadOnlyDictionary<string, ShownDocument> Shown { get; init; }
}

/// <summary>An entry of the log.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="OperationId">The operation's id.</param>
/// <param name="Operation">What it does.</param>
internal sealed record StoredEntry(long Revision, string OperationId, TextOperation Operation);

/// <summary>A document as somebody shows it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Content">The text.</param>
internal sealed record ShownDocument(long Revision, string Content);

/// <summary>A chat room at rest.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Messages">What the store has, in its order.</param>
internal sealed record FinalRoom(string RoomId, IReadOnlyList<SeenMessage> Messages);
