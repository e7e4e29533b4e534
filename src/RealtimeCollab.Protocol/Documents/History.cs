using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>A document as it was at a revision; answer of <c>GET /api/documents/{documentId}</c>.</summary>
public sealed record DocumentRevision
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>What people call it now; absent if it has no title.</summary>
    public string? Title { get; init; }

    /// <summary>Plain or rich text.</summary>
    public required ContentType ContentType { get; init; }

    /// <summary>The revision.</summary>
    public required long Revision { get; init; }

    /// <summary>The whole content at it.</summary>
    public required DocumentContent Content { get; init; }

    /// <summary>When the document was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the revision was committed; the creation for the first one.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A revision that somebody has named; answer of <c>POST /api/documents/{documentId}/versions</c>.</summary>
public sealed record DocumentVersion
{
    /// <summary>The version's id.</summary>
    public required string VersionId { get; init; }

    /// <summary>The revision.</summary>
    public required long Revision { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The user who named it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was named.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Answer of <c>GET /api/documents/{documentId}/versions</c>.</summary>
public sealed record DocumentVersions
{
    /// <summary>The named versions, the newest revision first.</summary>
    public required IReadOnlyList<DocumentVersion> Versions { get; init; }
}

/// <summary>Body of <c>POST /api/documents/{documentId}/versions</c>.</summary>
public sealed record CreateVersionRequest
{
    /// <summary>What to call it: 1 to 200 UTF-16 code units, no control characters.</summary>
    public required string Name { get; init; }

    /// <summary>The revision to name; absent: the last one.</summary>
    public long? Revision { get; init; }

    /// <summary>Kept when the call is repeated, so that it names once; the server makes one if it is absent.</summary>
    public string? VersionId { get; init; }
}

/// <summary>Body of <c>POST /api/documents/{documentId}/restore</c>.</summary>
public sealed record RestoreRequest
{
    /// <summary>The revision to go back to.</summary>
    public required long Revision { get; init; }

    /// <summary>The revision that the wish was made at: what came after it stays. Absent: the last one.</summary>
    public long? BaseRevision { get; init; }

    /// <summary>Kept when the call is repeated with the same base, so that it restores once; the server makes one if it is absent.</summary>
    public string? OperationId { get; init; }
}
