namespace RealtimeCollab.Protocol;

/// <summary>What a server accepts; sent with <see cref="WelcomeMessage"/> so that clients can stay within it.</summary>
public sealed record ServerLimits
{
    /// <summary>Unless it is set, a user has this many times the rate of a connection, and no limit where a connection has none.</summary>
    private const int ConnectionsWorth = 5;

    private readonly int? _operationsPerUser;
    private readonly int? _selectionsPerUser;
    private readonly int? _messagesPerUser;
    private readonly int? _joinsPerUser;
    private readonly int? _readsPerUser;

    /// <summary>Largest operation, in bytes of its JSON form.</summary>
    public int MaxOperationBytes { get; init; } = 512 * 1024;

    /// <summary>Longest document, in UTF-16 code units (an embed counts 1).</summary>
    public int MaxDocumentLength { get; init; } = 10_000_000;

    /// <summary>Largest frame, in bytes; a larger one closes the connection.</summary>
    public int MaxFrameBytes { get; init; } = 1024 * 1024;

    /// <summary>Operations that one connection may submit each second; twice as many in a burst; 0 for no limit.</summary>
    public int OperationsPerSecond { get; init; } = 200;

    /// <summary>Operations over all connections of a user to one node, each second; 0 for no limit.</summary>
    public int OperationsPerSecondPerUser { get => _operationsPerUser ?? ForUser(OperationsPerSecond); init => _operationsPerUser = value; }

    /// <summary>Selections that one connection may send each second; 0 for no limit.</summary>
    public int SelectionsPerSecond { get; init; } = 60;

    /// <summary>Selections over all connections of a user to one node, each second; 0 for no limit.</summary>
    public int SelectionsPerSecondPerUser { get => _selectionsPerUser ?? ForUser(SelectionsPerSecond); init => _selectionsPerUser = value; }

    /// <summary>Chat messages that one connection may send each second; 0 for no limit.</summary>
    public int MessagesPerSecond { get; init; } = 20;

    /// <summary>Chat messages over all connections of a user to one node, each second; 0 for no limit.</summary>
    public int MessagesPerSecondPerUser { get => _messagesPerUser ?? ForUser(MessagesPerSecond); init => _messagesPerUser = value; }

    /// <summary>Documents, and beside them rooms, that one connection may join each second; twice as many in a burst; 0 for no limit.</summary>
    public int JoinsPerSecond { get; init; } = 100;

    /// <summary>Joins over all connections of a user to one node, each second; 0 for no limit.</summary>
    public int JoinsPerSecondPerUser { get => _joinsPerUser ?? ForUser(JoinsPerSecond); init => _joinsPerUser = value; }

    /// <summary>Calls of GetOperations that one connection may make each second; twice as many in a burst; 0 for no limit.</summary>
    public int ReadsPerSecond { get; init; } = 100;

    /// <summary>Calls of GetOperations over all connections of a user to one node, each second; 0 for no limit.</summary>
    public int ReadsPerSecondPerUser { get => _readsPerUser ?? ForUser(ReadsPerSecond); init => _readsPerUser = value; }

    /// <summary>Longest chat message, in UTF-16 code units.</summary>
    public int MaxMessageLength { get; init; } = 16_384;

    /// <summary>Most mentions in a chat message.</summary>
    public int MaxMentions { get; init; } = 50;

    /// <summary>Most documents that one connection may have open.</summary>
    public int DocumentsPerConnection { get; init; } = 200;

    /// <summary>Most connections that one user may have to one hub of one node.</summary>
    public int ConnectionsPerUser { get; init; } = 50;

    /// <summary>Most connections that one address may have to one hub of one node; 0 for no limit.</summary>
    public int ConnectionsPerAddress { get; init; }

    /// <summary>How many revisions a submitted operation may lie behind the document's.</summary>
    public int MaxRebaseDistance { get; init; } = 20_000;

    /// <summary>Revisions of history that compaction keeps; absent: all.</summary>
    public long? HistoryHorizon { get; init; }

    private static int ForUser(int perSecond) => (int)Math.Min(int.MaxValue, (long)perSecond * ConnectionsWorth);
}
