namespace RealtimeCollab.Protocol.Documents;

/// <summary>A member of a document; answer of <c>PUT /api/documents/{documentId}/members/{userId}</c>.</summary>
public sealed record DocumentMemberInfo
{
    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>What they may do; <see cref="DocumentRole.None"/>: they are shut out, whatever others may do.</summary>
    public required DocumentRole Role { get; init; }
}

/// <summary>Answer of <c>GET /api/documents/{documentId}/members</c>.</summary>
public sealed record DocumentMembers
{
    /// <summary>The members in the ordinal order of their ids.</summary>
    public required IReadOnlyList<DocumentMemberInfo> Members { get; init; }
}

/// <summary>Body of <c>PUT /api/documents/{documentId}/members/{userId}</c>.</summary>
public sealed record SetMemberRequest
{
    /// <summary>The role to give.</summary>
    public required DocumentRole Role { get; init; }
}
