namespace RealtimeCollab.Sessions.Rooms.Nodes;

/// <summary>
/// How far this node has heard the other nodes' parts of a room. Each counts what it says, so that a gap shows, and whoever has one asks. A part that
/// is silent while this node's own pulses come back is gone; without them nobody gets older, as nobody could be heard. Guarded by its owner's lock.
/// </summary>
internal sealed class OtherParts
{
    /// <summary>So many own pulses without a word, and a part is gone.</summary>
    private const int MaxSilence = 4;

    private const long Unheard = -1;

    private readonly Dictionary<string, Part> _parts = new(StringComparer.Ordinal);

    /// <summary>What to do about a notice.</summary>
    public NoticeUse Hear(RoomNotice notice)
    {
        var part = Enter(notice.PartId);
        if (notice.Version <= part.Version)
            return NoticeUse.Nothing;
        if (notice.Before != 0 && notice.Before != part.Version)
            return part.Ask();
        part.Version = notice.Version;
        return NoticeUse.Take;
    }

    /// <summary>What to do about how far a part says it is.</summary>
    public NoticeUse Hear(string partId, long version)
    {
        var part = Enter(partId);
        return version > part.Version ? part.Ask() : NoticeUse.Nothing;
    }

    /// <summary>A pulse of this node came back. Returns the parts that are gone.</summary>
    public IReadOnlyList<string> Tick()
    {
        List<string> gone = [];
        foreach (var (partId, part) in _parts)
        {
            if (part.IsSilentFor(MaxSilence))
                gone.Add(partId);
        }

        foreach (var partId in gone)
            _parts.Remove(partId);
        return gone;
    }

    private Part Enter(string partId)
    {
        if (!_parts.TryGetValue(partId, out var part))
            _parts.Add(partId, part = new Part());
        part.Heard();
        return part;
    }

    private sealed class Part
    {
        private int _silence;
        private bool _isAsked;

        public long Version { get; set; } = Unheard;

        public void Heard() => _silence = 0;

        /// <summary>It is asked once until the next pulse, however many notices come behind a gap.</summary>
        public NoticeUse Ask()
        {
            var isToAsk = !_isAsked;
            _isAsked = true;
            return isToAsk ? NoticeUse.Ask : NoticeUse.Nothing;
        }

        public bool IsSilentFor(int pulses)
        {
            _isAsked = false;
            return ++_silence > pulses;
        }
    }
}

/// <summary>What to do about what was heard.</summary>
internal enum NoticeUse
{
    /// <summary>It is known.</summary>
    Nothing,

    /// <summary>It follows on what is known.</summary>
    Take,

    /// <summary>Something before it is missing: the part is to say everything.</summary>
    Ask,
}
