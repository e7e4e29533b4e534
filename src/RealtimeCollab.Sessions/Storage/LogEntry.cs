using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Storage;

/// <summary>A committed operation. (document, <see cref="UserId"/>, <see cref="OperationId"/>) is its identity.</summary>
public sealed record LogEntry
{
    /// <summary>The revision that it made, from 1.</summary>
    public required long Revision { get; init; }

    /// <summary>The client that submitted it.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user who made it.</summary>
    public required string UserId { get; init; }

    /// <summary>Chosen by the client, random.</summary>
    public required string OperationId { get; init; }

    /// <summary>What it changed, in terms of the revision before it.</summary>
    public required TextOperation Operation { get; init; }

    /// <summary>When it was committed, UTC, to the millisecond.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The revision that it brings back, if it is a restoration. For those who are told of that with the append; not stored with the entry.</summary>
    public long? RestoredRevision { get; init; }

    /// <summary>The W3C trace context of the span that submitted it. For those who hear of it at once; not stored.</summary>
    public string? Traceparent { get; init; }
}
