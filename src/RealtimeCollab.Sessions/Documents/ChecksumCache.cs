namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Hashes the content now and then, on the thread of whoever asks and never in the turn; all who ask at the same revision share
/// one result.
/// </summary>
internal sealed class ChecksumCache(SessionServices services)
{
    private readonly Lock _lock = new();
    private ContentChecksum? _last;
    private long _computedAt;

    /// <summary>The checksum of the content, or null while it is too soon after the last one to hash it again.</summary>
    public ContentChecksum? Of(SessionState state)
    {
        lock (_lock)
        {
            if (_last?.Revision == state.Revision)
                return _last;
            if (_last is not null && services.Time.GetElapsedTime(_computedAt) < services.Options.ChecksumInterval)
                return null;
            // whoever asks meanwhile sees a checksum under way as one of just now
            _computedAt = services.Time.GetTimestamp();
            _last ??= new ContentChecksum(long.MinValue, "");
        }

        var checksum = new ContentChecksum(state.Revision, state.Document.ComputeHash());
        lock (_lock)
            _last = checksum;
        return checksum;
    }
}
