using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>What all rooms of a node share.</summary>
internal sealed record ChatServices(
    IMessageStore Messages,
    INotificationStore Notifications,
    IChatEvents Events,
    ChatOptions Options,
    TimeProvider Time,
    ILogger Logger,
    CollabMetrics? Metrics,
    CancellationToken Stopping);
