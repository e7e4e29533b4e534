using System.Security.Claims;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Server.Chat;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Server.Notifications;

/// <summary>Reads a user's notifications, with the messages that mention them as these are now and as far as the user may read them.</summary>
internal sealed class NotificationReader(INotificationStore notifications, IMessageStore messages, RoomDirectory directory)
{
    public async Task<NotificationPage> ReadAsync(ClaimsPrincipal user, GetNotificationsRequest request, CancellationToken cancellationToken)
    {
        if (request.AfterId < 0)
            throw CollabException.InvalidRequest("afterId must not be negative.");
        var stored = await notifications.ListAsync(
            CollabIdentity.GetUserId(user), request.AfterId ?? 0, ChatReader.PageSize(request.Limit), cancellationToken);
        var mentioning = new Dictionary<(RoomKey, long), ChatMessage>();
        foreach (var room in stored.Where(one => one.Notification.Room is not null).GroupBy(one => one.Notification.Room!.Value))
        {
            foreach (var message in await FindAsync(user, room.Key, [.. room.Select(one => one.Notification.Sequence!.Value)], cancellationToken))
                mentioning[(room.Key, message.Sequence)] = message.ToMessage(room.Key.RoomId);
        }

        return new NotificationPage { Notifications = [.. stored.Select(one => ToNotification(one, mentioning))] };
    }

    private async ValueTask<IReadOnlyList<StoredMessage>> FindAsync(
        ClaimsPrincipal user, RoomKey key, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        try
        {
            var actor = await directory.EnterAsync(user, key.RoomId, cancellationToken);
            if (actor.Room.Key != key)
                return [];
        }
        catch (CollabException refusal) when (refusal.Error is CollabError.PermissionDenied or CollabError.RoomNotFound)
        {
            // the room is closed to them by now, or gone: that they were mentioned is all that is left
            return [];
        }

        return await messages.FindMessagesAsync(key, new MessageLookup { Sequences = sequences }, cancellationToken);
    }

    private static Notification ToNotification(StoredNotification stored, Dictionary<(RoomKey Room, long Sequence), ChatMessage> mentioning)
    {
        var notification = stored.Notification;
        var message = notification.Room is { } room ? mentioning.GetValueOrDefault((room, notification.Sequence!.Value)) : null;
        return new Notification
        {
            Id = stored.Id,
            Type = notification.Type,
            Text = notification.Text,
            RoomId = notification.Room?.RoomId,
            Message = message is { DeletedAt: null } ? message : null,
            Timestamp = notification.Timestamp,
        };
    }
}
