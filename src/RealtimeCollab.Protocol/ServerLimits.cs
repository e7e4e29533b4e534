namespace RealtimeCollab.Protocol;

/// <summary>What a server accepts; sent with <see cref="WelcomeMessage"/> so that clients can stay within it.</summary>
public sealed record ServerLimits
{
    /// <summary>Largest operation, in bytes of its JSON form.</summary>
    public int MaxOperationBytes { get; init; } = 512 * 1024;

    /// <summary>Longest document, in UTF-16 code units (an embed counts 1).</summary>
    public int MaxDocumentLength { get; init; } = 10_000_000;

    /// <summary>Largest frame, in bytes; a larger one closes the connection.</summary>
    public int MaxFrameBytes { get; init; } = 1024 * 1024;

    /// <summary>Operations that one connection may submit each second; twice as many in a burst; 0 for no limit.</summary>
    public int OperationsPerSecond { get; init; } = 200;

    /// <summary>Selections that one connection may send each second; 0 for no limit.</summary>
    public int SelectionsPerSecond { get; init; } = 60;

    /// <summary>Chat messages that one connection may send each second; 0 for no limit.</summary>
    public int MessagesPerSecond { get; init; } = 20;

    /// <summary>Longest chat message, in UTF-16 code units.</summary>
    public int MaxMessageLength { get; init; } = 16_384;

    /// <summary>Most mentions in a chat message.</summary>
    public int MaxMentions { get; init; } = 50;

    /// <summary>Most documents that one connection may have open.</summary>
    public int DocumentsPerConnection { get; init; } = 200;

    /// <summary>Most connections that one user may have.</summary>
    public int ConnectionsPerUser { get; init; } = 50;

    /// <summary>How many revisions a submitted operation may lie behind the document's.</summary>
    public int MaxRebaseDistance { get; init; } = 20_000;

    /// <summary>Revisions of history that compaction keeps; absent: all.</summary>
    public long? HistoryHorizon { get; init; }
}
