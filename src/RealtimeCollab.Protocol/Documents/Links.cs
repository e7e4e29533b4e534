namespace RealtimeCollab.Protocol.Documents;

/// <summary>A link by which users make themselves members; answer of <c>POST /api/documents/{documentId}/links</c>.</summary>
public sealed record ShareLinkInfo
{
    /// <summary>Names the link to those who manage it; it opens nothing.</summary>
    public required string LinkId { get; init; }

    /// <summary>What opens the document. Only in the answer that made the link: the server keeps a hash of it.</summary>
    public string? Token { get; init; }

    /// <summary>What the link gives.</summary>
    public required DocumentRole Role { get; init; }

    /// <summary>The user who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it gives nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Answer of <c>GET /api/documents/{documentId}/links</c>.</summary>
public sealed record ShareLinks
{
    /// <summary>The links that were not removed, expired ones too, the newest first.</summary>
    public required IReadOnlyList<ShareLinkInfo> Links { get; init; }
}

/// <summary>Body of <c>POST /api/documents/{documentId}/links</c>.</summary>
public sealed record CreateShareLinkRequest
{
    /// <summary>What the link is to give: <see cref="DocumentRole.Viewer"/>, <see cref="DocumentRole.Commenter"/> or <see cref="DocumentRole.Editor"/>.</summary>
    public required DocumentRole Role { get; init; }

    /// <summary>From when on it is to give nothing; absent: in 30 days.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Body of <c>POST /api/links</c>.</summary>
public sealed record RedeemLinkRequest
{
    /// <summary>The link's token.</summary>
    public required string Token { get; init; }
}

/// <summary>Answer of <c>POST /api/links</c>.</summary>
public sealed record RedeemedLink
{
    /// <summary>The document that the link leads to.</summary>
    public required string DocumentId { get; init; }

    /// <summary>What the user may do there now.</summary>
    public required DocumentRole Role { get; init; }
}
