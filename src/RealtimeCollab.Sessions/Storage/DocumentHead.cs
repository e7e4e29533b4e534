using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Storage;

/// <summary>A document's row in the store: the arbiter of the order of its operations.</summary>
public sealed record DocumentHead
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Random, made with the document; another one when a deleted document is created again.</summary>
    public required string Incarnation { get; init; }

    /// <summary>The last revision; 0 for a document without operations. Goes on counting over deletion and creation.</summary>
    public required long Revision { get; init; }

    /// <summary>The revision at which this incarnation was empty: 0, or where it was created again after a deletion.</summary>
    public long StartRevision { get; init; }

    /// <summary>Entries up to and including this revision were compacted away; at least <see cref="StartRevision"/>.</summary>
    public long Horizon { get; init; }

    /// <summary>Moves with every change of the document's members.</summary>
    public long MembershipVersion { get; init; }

    /// <summary>What people call it; null if it has no title.</summary>
    public string? Title { get; init; }

    /// <summary>Plain or rich text.</summary>
    public required ContentType ContentType { get; init; }

    /// <summary>The user who created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, UTC, to the millisecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last operation was committed, UTC, to the millisecond.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
