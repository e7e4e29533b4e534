namespace RealtimeCollab.Protocol.Documents;

/// <summary>Argument of <see cref="IDocumentHub.Heartbeat"/>.</summary>
public sealed record HeartbeatRequest
{
    /// <summary>The documents that the client has open.</summary>
    public required IReadOnlyList<string> DocumentIds { get; init; }
}

/// <summary>Result of <see cref="IDocumentHub.Heartbeat"/>.</summary>
public sealed record HeartbeatResult
{
    /// <summary>The server's clock.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>The revision of each document that the connection has joined.</summary>
    public required IReadOnlyDictionary<string, long> Heads { get; init; }

    /// <summary>Checksums, now and then; compared only by a client that is synchronized at exactly that revision.</summary>
    public required IReadOnlyDictionary<string, DocumentChecksum> Checksums { get; init; }
}

/// <summary>A hash over the content of a document at a revision.</summary>
public sealed record DocumentChecksum
{
    /// <summary>The revision that was hashed.</summary>
    public required long Revision { get; init; }

    /// <summary>The hash, in lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }
}
