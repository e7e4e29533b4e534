using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Server.Chat;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Notifications;

/// <inheritdoc/>
internal sealed class CollabNotifications(
    INotificationStore store, ChatRules rules, IHubContext<ChatHub, IChatClient> hub, TimeProvider time) : ICollabNotifications
{
    private const string UsualType = "info";

    public async Task NotifyAsync(IReadOnlyCollection<string> userIds, string text, string type = UsualType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        rules.Content(text);
        var kind = TypeOf(type);
        foreach (var userId in userIds)
            ChatRules.UserId(userId, nameof(userIds));
        if (userIds.Count == 0)
            return;

        var now = Now();
        var stored = await store.AddAsync(
            [.. userIds.Distinct(StringComparer.Ordinal).Select(userId => new NewNotification(userId, kind, text, Room: null, Sequence: null, now))], cancellationToken);
        foreach (var (id, notification) in stored)
        {
            await hub.Clients.User(notification.UserId).NotificationReceived(
                new Notification { Id = id, Type = kind, Text = text, Timestamp = now });
        }
    }

    public async Task<string> BroadcastAsync(string text, string type = UsualType, CancellationToken cancellationToken = default)
    {
        rules.Content(text);
        var broadcast = new Broadcast { BroadcastId = Guid.NewGuid().ToString("N"), Text = text, Type = TypeOf(type), Timestamp = Now() };
        await hub.Clients.All.BroadcastReceived(broadcast);
        return broadcast.BroadcastId;
    }

    private static string TypeOf(string? type)
    {
        var given = Require.OptionalId(type, "type") ?? UsualType;
        return given == NewNotification.MentionType ? throw CollabException.InvalidRequest("type 'mention' is the server's own.") : given;
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
