using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.PersonalData;

/// <summary>Lets go of messages and notifications that have been kept for long enough.</summary>
public sealed class Retention
{
    private const int PageSize = 200;

    private readonly MessageSweep _sweep;
    private readonly INotificationStore _notifications;
    private readonly IChatArchive _archive;
    private readonly RetentionOptions _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<RoomKey, long> _done = [];

    /// <summary>Over a store's chat. One caller at a time.</summary>
    public Retention(
        ChatRooms rooms, IMessageStore messages, INotificationStore notifications, IChatArchive archive, RetentionOptions options, TimeProvider time)
    {
        _sweep = new MessageSweep(rooms, messages, archive);
        (_notifications, _archive, _options, _time) = (notifications, archive, options, time);
    }

    /// <summary>Lets go of what is due. May be repeated, and run on several nodes.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/>.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (_options.Chat is { } chat)
        {
            await foreach (var room in _sweep.RoomsAsync(cancellationToken))
                await RemoveMessagesAsync(room, now - chat, cancellationToken);
        }

        if (_options.Notifications is { } notifications)
            await RemoveNotificationsAsync(now - notifications, cancellationToken);
    }

    private async ValueTask RemoveMessagesAsync(RoomHead room, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await foreach (var page in _sweep.PagesAsync(room, _done.GetValueOrDefault(room.Key), cancellationToken))
        {
            StoredMessage[] old = [.. page.TakeWhile(message => message.Timestamp < before)];
            string[] living = [.. old.Where(message => message.DeletedAt is null).Select(message => message.MessageId)];
            if (living.Length > 0)
                await _sweep.ExecuteAsync(room, new RemoveMessages(living), cancellationToken);
            if (old.Length > 0)
                _done[room.Key] = old[^1].Sequence;
            if (old.Length < page.Count)
                return;
        }
    }

    private async ValueTask RemoveNotificationsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var last = "";
        while (await _archive.ListCountersAsync(last, PageSize, cancellationToken) is { Count: > 0 } users)
        {
            foreach (var user in users)
                await RemoveNotificationsAsync(user.UserId, before, cancellationToken);
            last = users[^1].UserId;
        }
    }

    private async ValueTask RemoveNotificationsAsync(string userId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await _notifications.ListAsync(userId, afterId: 0, PageSize, cancellationToken);
            long[] old = [.. page.TakeWhile(stored => stored.Notification.Timestamp < before).Select(stored => stored.Id)];
            if (old.Length == 0)
                return;
            await _notifications.AcknowledgeAsync(userId, old, cancellationToken);
        }
    }
}
