using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>Hands on each notification once: those that are told, and those that waited, which are read at every connection.</summary>
internal sealed class NotificationInbox(ChatCalls calls, Action<Notification> receive) : IAsyncDisposable
{
    private const int PageSize = 200;

    private readonly Lock _gate = new();
    private readonly HashSet<long> _received = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>All up to this number were read.</summary>
    private long _read;

    private Task _last = Task.CompletedTask;

    /// <summary>Begins to read what waits.</summary>
    public void Load() => _last = LoadAsync(_last);

    public void Take(Notification notification)
    {
        lock (_gate)
        {
            if (notification.Id <= _read || !_received.Add(notification.Id))
                return;
        }

        receive(notification);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _last.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task LoadAsync(Task before)
    {
        await before.ConfigureAwait(false);
        try
        {
            while (true)
            {
                var page = await calls.RunAsync(hub => hub.GetNotifications(new GetNotificationsRequest { AfterId = _read, Limit = PageSize }), _stopping.Token).ConfigureAwait(false);
                foreach (var notification in page.Notifications)
                    Take(notification);
                if (page.Notifications is not [.., var last])
                    return;
                lock (_gate)
                {
                    _read = Math.Max(_read, last.Id);
                    _received.RemoveWhere(id => id <= _read);
                }
            }
        }
        catch (Exception error) when (error is CollabClientException or OperationCanceledException)
        {
            // the next connection reads them
        }
    }
}
