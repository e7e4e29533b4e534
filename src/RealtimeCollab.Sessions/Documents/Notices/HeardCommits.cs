using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents.Notices;

/// <summary>What a session has heard of other nodes' commits and not looked at yet.</summary>
internal sealed class HeardCommits
{
    /// <summary>More entries than this are not kept: then they are read from the log.</summary>
    private const int MaxEntries = 1024;

    private readonly Lock _lock = new();
    private readonly List<LogEntry> _entries = [];
    private string? _incarnation;
    private long _revision;
    private Action? _onHeard;
    private bool _isTold;

    /// <summary>Takes a notice; tells the session once until it looks.</summary>
    public void Add(CommitNotice notice)
    {
        Action? tell;
        lock (_lock)
        {
            if (!string.Equals(notice.Incarnation, _incarnation, StringComparison.Ordinal))
            {
                // before the session is there, the last incarnation that is heard of is taken for its own
                if (_onHeard is not null)
                    return;
                _entries.Clear();
                (_incarnation, _revision) = (notice.Incarnation, 0);
            }

            _revision = Math.Max(_revision, notice.Revision);
            if (_entries.Count + notice.Entries.Count <= MaxEntries)
                _entries.AddRange(notice.Entries);
            tell = _isTold ? null : _onHeard;
            _isTold |= tell is not null;
        }

        tell?.Invoke();
    }

    /// <summary>The session is there, and hears from now on, also of what was heard before.</summary>
    public void Start(string incarnation, Action onHeard)
    {
        bool isToTell;
        lock (_lock)
        {
            if (!string.Equals(incarnation, _incarnation, StringComparison.Ordinal))
            {
                _entries.Clear();
                (_incarnation, _revision) = (incarnation, 0);
            }

            _onHeard = onHeard;
            isToTell = _isTold = _revision > 0;
        }

        if (isToTell)
            onHeard();
    }

    /// <summary>Takes what there is.</summary>
    /// <param name="after">The revision that the session has.</param>
    /// <param name="revision">The highest that was heard of.</param>
    /// <returns>The entries that follow on each other from there on.</returns>
    public IReadOnlyList<LogEntry> Take(long after, out long revision)
    {
        LogEntry[] heard;
        lock (_lock)
        {
            revision = _revision;
            heard = [.. _entries];
            _entries.Clear();
            _isTold = false;
        }

        var next = new List<LogEntry>(heard.Length);
        foreach (var entry in heard.OrderBy(static entry => entry.Revision))
        {
            if (entry.Revision == after + next.Count + 1)
                next.Add(entry);
        }

        return next;
    }
}
