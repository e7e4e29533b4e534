using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Webhooks;

/// <summary>Names of endpoints and ids of events, never addresses, which may hold secrets, or bodies.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(ServerEventIds.WebhookDelivered, LogLevel.Debug, "Event {EventId} was taken by {Endpoint} at attempt {Attempt}.")]
    public static partial void Delivered(ILogger logger, string eventId, string endpoint, int attempt);

    [LoggerMessage(ServerEventIds.WebhookFailed, LogLevel.Information, "Event {EventId} was not taken by {Endpoint} at attempt {Attempt} ({Failure}); the next is in {Seconds:F0} s.")]
    public static partial void AttemptFailed(ILogger logger, string eventId, string endpoint, int attempt, string failure, double seconds);

    [LoggerMessage(ServerEventIds.WebhookGivenUp, LogLevel.Warning, "Event {EventId} for {Endpoint} is a dead letter after {Attempt} attempts ({Failure}).")]
    public static partial void GivenUp(ILogger logger, string eventId, string endpoint, int attempt, string failure);

    [LoggerMessage(ServerEventIds.WebhookOutboxFailed, LogLevel.Warning, "The outbox of webhooks could not be worked on; what was left is done later.")]
    public static partial void OutboxFailed(ILogger logger, Exception exception);
}
