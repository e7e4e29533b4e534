using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Sessions.Leases;

/// <summary>
/// The sessions that are open on this node, by a key. Concurrent calls share one load; a session without leases stays for a grace
/// period, and then goes unless work is queued or unsent. Whoever comes while one goes opens a new one.
/// </summary>
internal sealed class SessionRegistry<TSession>(TimeSpan grace, TimeProvider time, ILogger logger)
    where TSession : class, ISession
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionSlot<TSession>> _slots = new(StringComparer.Ordinal);
    private Task? _drained;

    /// <summary>How many sessions are in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>Opens a session, or joins those who have it open.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.ServerDraining"/>, or what the load throws.</exception>
    public async ValueTask<Lease<TSession>> OpenAsync(string key, Func<Task<TSession>> load, CancellationToken cancellationToken)
    {
        var slot = Enter(key, load);
        try
        {
            var session = await slot.Opening.WaitAsync(cancellationToken);
            return new Lease<TSession>(session, () => Leave(key, slot));
        }
        catch
        {
            Leave(key, slot);
            throw;
        }
    }

    /// <summary>A session that is in memory, or null.</summary>
    public TSession? Find(string key)
    {
        lock (_lock)
            return _slots.TryGetValue(key, out var slot) && slot.Opening.IsCompletedSuccessfully ? slot.Opening.Result : null;
    }

    /// <summary>Lets go of a session, whoever has it: the next one who asks opens a new one. False if it was let go before.</summary>
    public bool Forget(string key, TSession session)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out var slot) || !slot.Opening.IsCompletedSuccessfully || !ReferenceEquals(slot.Opening.Result, session))
                return false;
            slot.Eviction?.Dispose();
            _slots.Remove(key);
        }

        _ = EvictAsync(key, session);
        return true;
    }

    /// <summary>Opens nothing more, and closes every session after its queued work is done.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            return _drained ??= Task.WhenAll(_slots.Values.Select(slot => CloseOnceOpenAsync(slot.Opening)));
        }
    }

    private SessionSlot<TSession> Enter(string key, Func<Task<TSession>> load)
    {
        lock (_lock)
        {
            if (_drained is not null)
                throw CollabException.ServerDraining();
            if (!_slots.TryGetValue(key, out var slot))
                _slots.Add(key, slot = new SessionSlot<TSession>(load));
            slot.Leases++;
            slot.Eviction?.Dispose();
            slot.Eviction = null;
            return slot;
        }
    }

    private void Leave(string key, SessionSlot<TSession> slot)
    {
        lock (_lock)
        {
            slot.Leases--;
            if (slot.Opening.IsCompleted && !slot.Opening.IsCompletedSuccessfully)
                Remove_NeedsLock(key, slot);
            else if (slot.Leases == 0 && _drained is null && IsCurrent_NeedsLock(key, slot))
                EvictLater_NeedsLock(key, slot);
        }
    }

    private void EvictLater_NeedsLock(string key, SessionSlot<TSession> slot) =>
        slot.Eviction = time.CreateTimer(_ => TryEvict(key, slot), state: null, grace, Timeout.InfiniteTimeSpan);

    private void TryEvict(string key, SessionSlot<TSession> slot)
    {
        lock (_lock)
        {
            if (slot.Leases > 0 || _drained is not null)
                return;
            slot.Eviction?.Dispose();
            if (!slot.Opening.IsCompleted || (slot.Opening.IsCompletedSuccessfully && slot.Opening.Result.IsBusy))
            {
                EvictLater_NeedsLock(key, slot);
                return;
            }

            Remove_NeedsLock(key, slot);
        }

        if (slot.Opening.IsCompletedSuccessfully)
            _ = EvictAsync(key, slot.Opening.Result);
    }

    private void Remove_NeedsLock(string key, SessionSlot<TSession> slot)
    {
        if (IsCurrent_NeedsLock(key, slot))
            _slots.Remove(key);
    }

    /// <summary>Not let go meanwhile.</summary>
    private bool IsCurrent_NeedsLock(string key, SessionSlot<TSession> slot) =>
        _slots.TryGetValue(key, out var current) && ReferenceEquals(current, slot);

    private static async Task CloseOnceOpenAsync(Task<TSession> opening)
    {
        TSession session;
        try
        {
            session = await opening;
        }
        catch (Exception exception) when (exception is CollabException or OperationCanceledException)
        {
            // whoever wanted it open hears of that
            return;
        }

        await session.CloseAsync();
    }

    private async Task EvictAsync(string key, TSession session)
    {
        try
        {
            await session.CloseAsync();
            session.OnEvicted();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            SessionLog.TurnFailed(logger, key, exception);
        }
    }
}
