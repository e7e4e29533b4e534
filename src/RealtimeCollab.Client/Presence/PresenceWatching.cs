using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Presence;

/// <summary>Asks the server for those whom the client wants to watch, once for each connection, and knows how they are.</summary>
internal sealed class PresenceWatching(IPresenceHub hub, Action<IReadOnlyList<PresenceUser>> onChanged)
{
    private readonly Lock _lock = new();
    private readonly WatchList _list = new();

    /// <summary>For each watch under way, of whom the server spoke meanwhile: that is newer than its answer.</summary>
    private readonly HashSet<HashSet<string>> _spoken = [];

    public IReadOnlyList<PresenceUser> Users
    {
        get
        {
            lock (_lock)
                return _list.Users;
        }
    }

    public async Task<IReadOnlyList<PresenceUser>> WatchAsync(WatchRequest request)
    {
        WatchRequest added;
        lock (_lock)
            added = _list.Add(request);
        try
        {
            return await AskAsync(request, known: []).ConfigureAwait(false);
        }
        catch (CollabClientException refusal) when (refusal.Code != CollabClientException.ConnectionLost)
        {
            lock (_lock)
                _list.Remove(added.UserIds, added.DocumentIds);
            throw;
        }
    }

    public Task UnwatchAsync(UnwatchRequest request)
    {
        IReadOnlyList<PresenceUser> gone;
        lock (_lock)
        {
            gone = request is { UserIds: null, DocumentIds: null }
                ? _list.Remove(_list.UserIds, _list.DocumentIds)
                : _list.Remove(request.UserIds, request.DocumentIds);
        }

        if (gone.Count > 0)
            onChanged(gone);
        return hub.Unwatch(request);
    }

    /// <summary>The server says how users are.</summary>
    public void Receive(IReadOnlyList<PresenceUser> users)
    {
        lock (_lock)
        {
            foreach (var spoken in _spoken)
                spoken.UnionWith(users.Select(user => user.UserId));
            _list.Take(users);
        }

        onChanged(users);
    }

    /// <summary>Asks for everything on a new connection; what is refused now, such as a document that one may read no longer, is given up.</summary>
    public async Task ResumeAsync()
    {
        WatchRequest wanted;
        IReadOnlyList<PresenceUser> known;
        lock (_lock)
        {
            wanted = new WatchRequest { UserIds = _list.UserIds, DocumentIds = _list.DocumentIds };
            known = _list.Users;
        }

        if (wanted is { UserIds.Count: 0, DocumentIds.Count: 0 })
            return;
        try
        {
            await AskAsync(wanted, known).ConfigureAwait(false);
        }
        catch (CollabClientException refusal) when (refusal.Code != CollabClientException.ConnectionLost)
        {
            await ResumeOneByOneAsync(wanted).ConfigureAwait(false);
        }
    }

    private async Task ResumeOneByOneAsync(WatchRequest wanted)
    {
        var parts = wanted.DocumentIds!.Select(id => new WatchRequest { DocumentIds = [id] })
            .Append(new WatchRequest { UserIds = wanted.UserIds });
        foreach (var part in parts)
        {
            try
            {
                await AskAsync(part, known: []).ConfigureAwait(false);
            }
            catch (CollabClientException refusal) when (refusal.Code != CollabClientException.ConnectionLost)
            {
                IReadOnlyList<PresenceUser> gone;
                lock (_lock)
                    gone = _list.Remove(part.UserIds, part.DocumentIds);
                onChanged(gone);
            }
        }
    }

    /// <param name="request">Whom to ask for.</param>
    /// <param name="known">Forgotten unless the server names them, now or meanwhile.</param>
    private async Task<IReadOnlyList<PresenceUser>> AskAsync(WatchRequest request, IReadOnlyList<PresenceUser> known)
    {
        var spoken = new HashSet<string>(StringComparer.Ordinal);
        lock (_lock)
            _spoken.Add(spoken);
        try
        {
            var users = (await hub.Watch(request).ConfigureAwait(false)).Users;
            IReadOnlyList<PresenceUser> gone;
            List<PresenceUser> fresh;
            lock (_lock)
            {
                fresh = [.. users.Where(user => !spoken.Contains(user.UserId))];
                _list.Take(fresh);
                var named = users.Select(user => user.UserId).Concat(spoken);
                gone = _list.Forget([.. known.Select(user => user.UserId).Except(named, StringComparer.Ordinal)]);
            }

            onChanged([.. fresh, .. gone]);
            return users;
        }
        finally
        {
            lock (_lock)
                _spoken.Remove(spoken);
        }
    }
}
