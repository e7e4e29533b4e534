using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>Argument of <see cref="IDocumentClient.UserJoined"/> and <see cref="IDocumentClient.UserLeft"/>.</summary>
public sealed record ParticipantMessage
{
    /// <summary>The document that the client joined or left.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The client.</summary>
    public required Participant Client { get; init; }
}

/// <summary>Argument of <see cref="IDocumentClient.SessionInfo"/>.</summary>
public sealed record SessionInfo
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The session's id.</summary>
    public required string SessionId { get; init; }

    /// <summary>The document's revision.</summary>
    public required long Revision { get; init; }

    /// <summary>Connections that follow the document.</summary>
    public required int ReaderCount { get; init; }

    /// <summary>Connections that edit the document.</summary>
    public required int WriterCount { get; init; }

    /// <summary>All clients in the document.</summary>
    public required IReadOnlyList<Participant> Clients { get; init; }
}

/// <summary>Argument of <see cref="IDocumentClient.SelectionsChanged"/>: only those that changed.</summary>
public sealed record SelectionsChanged
{
    /// <summary>The document that the selections are in.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The revision that the positions are meant for.</summary>
    public required long Revision { get; init; }

    /// <summary>The latest selection of each client that moved.</summary>
    public required IReadOnlyList<ClientSelection> Selections { get; init; }
}

/// <summary>The selection of one client.</summary>
public sealed record ClientSelection
{
    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name.</summary>
    public required string UserName { get; init; }

    /// <summary>The user's colour in this document, <c>#rrggbb</c>.</summary>
    public required string Color { get; init; }

    /// <summary>The selection; absent when it is gone.</summary>
    public Selection? Selection { get; init; }
}

/// <summary>Argument of <see cref="IDocumentClient.AccessChanged"/>.</summary>
public sealed record AccessChanged
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>The new role; <see cref="DocumentRole.None"/>: the connection is out of the document.</summary>
    public required DocumentRole Role { get; init; }
}

/// <summary>Argument of <see cref="IDocumentClient.DocumentClosed"/>.</summary>
public sealed record DocumentClosed
{
    /// <summary>The document's id.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Why, in a word.</summary>
    public required string Reason { get; init; }
}
