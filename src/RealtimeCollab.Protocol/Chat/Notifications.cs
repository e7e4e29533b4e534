namespace RealtimeCollab.Protocol.Chat;

/// <summary>Something that a user is to hear of, kept until it is acknowledged.</summary>
public sealed record Notification
{
    /// <summary>Its number: higher than that of every earlier one of the same user.</summary>
    public required long Id { get; init; }

    /// <summary><c>mention</c>, or what the application calls it.</summary>
    public required string Type { get; init; }

    /// <summary>What it says, if it is the application's.</summary>
    public string? Text { get; init; }

    /// <summary>The room that it is about.</summary>
    public string? RoomId { get; init; }

    /// <summary>Of a mention: the message, unless it was deleted or the user may not read the room any more.</summary>
    public ChatMessage? Message { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>Argument of <see cref="IChatClient.Mentioned"/>.</summary>
public sealed record Mention
{
    /// <summary>The notification to acknowledge.</summary>
    public required long NotificationId { get; init; }

    /// <summary>The message that mentions the user.</summary>
    public required ChatMessage Message { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.GetNotifications"/>.</summary>
public sealed record GetNotificationsRequest
{
    /// <summary>Those with higher numbers; all if absent.</summary>
    public long? AfterId { get; init; }

    /// <summary>Most notifications to give, 1 to 200; 50 if absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>Result of <see cref="IChatHub.GetNotifications"/>.</summary>
public sealed record NotificationPage
{
    /// <summary>In the order of their numbers.</summary>
    public required IReadOnlyList<Notification> Notifications { get; init; }
}

/// <summary>Argument of <see cref="IChatHub.AcknowledgeNotifications"/>.</summary>
public sealed record AcknowledgeNotificationsRequest
{
    /// <summary>1 to 200 numbers; those that are gone already are no error.</summary>
    public required IReadOnlyList<long> Ids { get; init; }
}

/// <summary>Something that everyone who is connected is to hear of. It is not kept.</summary>
public sealed record Broadcast
{
    /// <summary>Random, so that a client shows it once.</summary>
    public required string BroadcastId { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary><c>info</c>, or what the application calls it.</summary>
    public required string Type { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}
