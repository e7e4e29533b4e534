namespace RealtimeCollab.Protocol;

/// <summary>A refusal, raised beside the failed call for clients that do not wait for its result.</summary>
public sealed record ErrorMessage
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for people; no part of it is stable.</summary>
    public required string Message { get; init; }

    /// <summary>The document the call was about.</summary>
    public string? DocumentId { get; init; }

    /// <summary>The operation that was refused.</summary>
    public string? OperationId { get; init; }

    /// <summary>The room the call was about.</summary>
    public string? RoomId { get; init; }

    /// <summary>The message that was refused.</summary>
    public string? ClientMessageId { get; init; }

    /// <summary>The machine-readable reason, for example <c>split-surrogate</c> for an invalid operation.</summary>
    public string? Details { get; init; }
}
