namespace RealtimeCollab.Sessions.Documents;

/// <summary>How sessions behave; the defaults suit a node with thousands of open documents.</summary>
public sealed record SessionOptions
{
    /// <summary>Longest document, in UTF-16 code units.</summary>
    public int MaxDocumentLength { get; init; } = 10_000_000;

    /// <summary>Most that attributes and embeds of a document may hold, as <see cref="OperationalTransform.Document.FormatWeight"/> counts it.</summary>
    public long MaxFormatWeight { get; init; } = 50_000_000;

    /// <summary>How many revisions a submitted operation may lie behind.</summary>
    public int MaxRebaseDistance { get; init; } = 20_000;

    /// <summary>Submissions of one document that may wait or be under way; more are refused.</summary>
    public int MaxWaitingSubmissions { get; init; } = 2_000;

    /// <summary>Operations that one append may hold.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>Committed operations kept in memory, so that few operations need the log to be transformed.</summary>
    public int RecentOperations { get; init; } = 1_024;

    /// <summary>
    /// Most that the operations kept in memory hold, text, attributes and embeds, as <see cref="OperationalTransform.TextOperation.Weight"/> counts it; older ones
    /// are read from the log.
    /// </summary>
    public long RecentWeight { get; init; } = 100_000;

    /// <summary>A gap of more entries than this is answered with a snapshot.</summary>
    public int MaxResumeEntries { get; init; } = 1_000;

    /// <summary>How often a batch may lose the race against other nodes before its submissions fail.</summary>
    public int MaxAppendConflicts { get; init; } = 32;

    /// <summary>How long submissions wait for a store that fails before they are answered, whatever became of them.</summary>
    public TimeSpan StorePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a document stays in memory after its last member left.</summary>
    public TimeSpan EvictionGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Selections are sent at most this often for each document.</summary>
    public TimeSpan SelectionInterval { get; init; } = TimeSpan.FromMilliseconds(33);

    /// <summary>The list of members is sent at most this often for each document; in rooms of more than a hundred connections less often.</summary>
    public TimeSpan RoomInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How often a node says that it lives and how far its rooms are. What was lost on the way is found within this; the members of a node that died are
    /// gone after five times this at the latest.
    /// </summary>
    public TimeSpan NodeInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Messages to the members of one document that may wait to be sent; beyond it they are dropped and clients refill the gap.</summary>
    public int OutboxCapacity { get; init; } = 1_024;

    /// <summary>
    /// A snapshot is stored after this many revisions; for documents longer than 256 times this, after one revision for each 256
    /// UTF-16 code units, so that snapshots take no more room than the log.
    /// </summary>
    public int SnapshotEveryRevisions { get; init; } = 1_000;

    /// <summary>How often the content is hashed for clients to compare, at the most.</summary>
    public TimeSpan ChecksumInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Revisions of history that are kept; older ones are compacted away. Null: all.</summary>
    public long? HistoryHorizon { get; init; }

    /// <summary>History younger than this is kept, even beyond <see cref="HistoryHorizon"/>; with this alone, older history goes. Null: age does not matter.</summary>
    public TimeSpan? HistoryAge { get; init; }
}
