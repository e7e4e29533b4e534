using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>A document as a client finds it on joining.</summary>
public sealed record DocumentSnapshot
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The session that holds the document in memory; another one after it was evicted or the server restarted.</summary>
    public required string SessionId { get; init; }

    /// <summary>Plain or rich text.</summary>
    public required ContentType ContentType { get; init; }

    /// <summary>The revision of <see cref="Content"/>, or of the last of <see cref="Operations"/>.</summary>
    public required long Revision { get; init; }

    /// <summary>The whole content; absent when <see cref="Operations"/> bring the client up to date.</summary>
    public DocumentContent? Content { get; init; }

    /// <summary>What came after the client's revision, when it gave one that is close enough; else empty.</summary>
    public required IReadOnlyList<CommittedOperation> Operations { get; init; }

    /// <summary>The other clients in the document.</summary>
    public required IReadOnlyList<Participant> Clients { get; init; }

    /// <summary>What the user may do: <c>viewer</c>, <c>commenter</c>, <c>editor</c> or <c>owner</c>.</summary>
    public required DocumentRole Role { get; init; }

    /// <summary>The connection joined as a reader.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>When the document was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last operation was committed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>A short-lived signed address for an EventSource, if it was asked for.</summary>
    public string? EventsUrl { get; init; }
}
