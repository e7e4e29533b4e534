namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// How long a turn goes on trying while the store fails: counted from the first failure, whether writes fail, reads, or both. The
/// first retry comes at once, since a lost connection is usually replaced by then; later ones come after longer and longer waits.
/// </summary>
internal sealed class StorePatience(TimeSpan limit, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private long? _since;
    private TimeSpan _delay = TimeSpan.Zero;

    public bool HasStarted => _since is not null;

    /// <summary>Called after each failure: waits before the next attempt, or says that there is to be none.</summary>
    public async ValueTask<bool> TryWaitAsync()
    {
        _since ??= time.GetTimestamp();
        if (time.GetElapsedTime(_since.Value) >= limit)
            return false;

        if (_delay > TimeSpan.Zero)
            await Task.Delay(_delay, time, stopping);
        _delay = _delay == TimeSpan.Zero ? FirstDelay : _delay * 2 < LongestDelay ? _delay * 2 : LongestDelay;
        return true;
    }
}
