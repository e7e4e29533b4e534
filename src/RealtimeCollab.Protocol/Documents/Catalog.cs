using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>A document without its content; answer of <c>POST /api/documents</c> and <c>PATCH /api/documents/{documentId}</c>.</summary>
public sealed record DocumentSummary
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>What people call it; absent if it has no title.</summary>
    public string? Title { get; init; }

    /// <summary>Plain or rich text.</summary>
    public required ContentType ContentType { get; init; }

    /// <summary>Its last revision.</summary>
    public required long Revision { get; init; }

    /// <summary>What the caller may do.</summary>
    public required DocumentRole Role { get; init; }

    /// <summary>The user who created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last operation was committed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Answer of <c>GET /api/documents</c>.</summary>
public sealed record DocumentPage
{
    /// <summary>Documents that the caller may read, in the ordinal order of their ids.</summary>
    public required IReadOnlyList<DocumentSummary> Documents { get; init; }

    /// <summary>The <c>after</c> of the next page; absent on the last one.</summary>
    public string? Next { get; init; }
}

/// <summary>Body of <c>POST /api/documents</c>.</summary>
public sealed record CreateDocumentRequest
{
    /// <summary>1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>; absent: made from the <c>Idempotency-Key</c>, or at random.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Plain or rich text; absent: as the content, else plain.</summary>
    public ContentType? ContentType { get; init; }

    /// <summary>At most 200 UTF-16 code units, no control characters.</summary>
    public string? Title { get; init; }

    /// <summary>A string, or an array of inserts for rich text; absent: empty.</summary>
    public DocumentContent? Content { get; init; }

    /// <summary>The document alone: text does not belong into logs.</summary>
    public override string ToString() => $"{nameof(CreateDocumentRequest)} {DocumentId}";
}

/// <summary>Body of <c>PATCH /api/documents/{documentId}</c>.</summary>
public sealed record UpdateDocumentRequest
{
    /// <summary>At most 200 UTF-16 code units, no control characters; absent or empty: no title.</summary>
    public string? Title { get; init; }

    /// <summary>Nothing: text does not belong into logs.</summary>
    public override string ToString() => nameof(UpdateDocumentRequest);
}
