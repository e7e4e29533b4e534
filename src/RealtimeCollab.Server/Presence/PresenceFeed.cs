using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Watching;

namespace RealtimeCollab.Server.Presence;

/// <summary>Sends a connection what changed among those it watches, as long as it may.</summary>
internal sealed class PresenceFeed(IPresenceClient client, ReadableDocuments documents, PresenceView view)
{
    public async ValueTask SendAsync(PresenceWatcher watcher, PresenceBatch batch, CancellationToken cancellationToken)
    {
        if (await UnwatchUnreadableAsync(watcher, cancellationToken))
            batch = batch.Where(watcher.Sees);
        await SendAsync(client.PresenceChanged, batch.Changed, cancellationToken);
        await SendAsync(client.UserOnline, batch.CameOnline, cancellationToken);
        await SendAsync(client.UserOffline, batch.WentOffline, cancellationToken);
    }

    /// <summary>The right to read a document may have been removed since it was watched.</summary>
    private async ValueTask<bool> UnwatchUnreadableAsync(PresenceWatcher watcher, CancellationToken cancellationToken)
    {
        var lost = new List<string>();
        foreach (var documentId in watcher.WatchedDocuments)
        {
            if (!await documents.MayReadAsync(documentId, cancellationToken))
                lost.Add(documentId);
        }

        watcher.Unwatch([], lost);
        return lost.Count > 0;
    }

    private async ValueTask SendAsync(Func<PresenceUsers, Task> callback, IReadOnlyList<UserPresence> users, CancellationToken cancellationToken)
    {
        if (users.Count > 0)
            await callback(new PresenceUsers { Users = await view.OfAsync(users, cancellationToken) });
    }
}
