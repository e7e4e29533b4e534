using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Sessions.Rooms.Nodes;

/// <summary>
/// This node's part of a room: says to the other nodes who is connected here, and seats whom they say they have. What changes within
/// <see cref="SessionOptions.SelectionInterval"/> is one notice, of the size of what changed.
/// </summary>
internal sealed class RoomPart
{
    private readonly Lock _lock = new();
    private readonly OtherParts _others = new();
    private readonly string _partId;
    private readonly Seating _seating;
    private readonly Outbox _outbox;
    private readonly IRoomNotices _notices;
    private readonly Action<RoomChanges> _onHeard;
    private readonly Throttle _saying;
    private long _version;
    private bool _isToSayAll;
    private string? _asks;

    /// <param name="documentId">The document.</param>
    /// <param name="partId">Random.</param>
    /// <param name="seating">Who is in the room.</param>
    /// <param name="outbox">Takes notices in their order.</param>
    /// <param name="notices">The way to the other nodes.</param>
    /// <param name="services">The clock and the interval.</param>
    /// <param name="onHeard">What other nodes said was seated.</param>
    public RoomPart(
        string documentId, string partId, Seating seating, Outbox outbox, IRoomNotices notices, SessionServices services, Action<RoomChanges> onHeard)
    {
        DocumentId = documentId;
        (_partId, _seating, _outbox, _notices, _onHeard) = (partId, seating, outbox, notices, onHeard);
        _saying = new Throttle(services.Options.SelectionInterval, services.Time, () => _outbox.Post(_ => SayAsync()));
    }

    public string DocumentId { get; }

    /// <summary>What was said last.</summary>
    public RoomPartVersion Version => new(DocumentId, _partId, Volatile.Read(ref _version));

    /// <summary>Asks all others to say everything: a part that is new knows nobody.</summary>
    public void AskAll() => Ask(string.Empty);

    /// <summary>Something changed on this node.</summary>
    public void Say() => _saying.Request();

    public void Close() => _saying.Close();

    /// <summary>Another part said something, or this one hears itself.</summary>
    public void Hear(RoomNotice notice)
    {
        if (IsOwn(notice.PartId))
            return;
        NoticeUse use;
        RoomChanges? changes = null;
        lock (_lock)
        {
            use = _others.Hear(notice);
            if (use == NoticeUse.Take)
                changes = _seating.Seat(notice);
        }

        if (changes is not null)
            _onHeard(changes);
        if (use == NoticeUse.Ask)
            Ask(notice.PartId);
        if (notice.Asks is { } asked && (asked.Length == 0 || IsOwn(asked)))
            SayAll();
    }

    /// <summary>Another node said how far its part is.</summary>
    public void Hear(RoomPartVersion version)
    {
        if (IsOwn(version.PartId))
            return;
        NoticeUse use;
        lock (_lock)
            use = _others.Hear(version.PartId, version.Version);
        if (use == NoticeUse.Ask)
            Ask(version.PartId);
    }

    /// <summary>A pulse of this node came back.</summary>
    public void Tick()
    {
        List<RoomChanges> changes;
        lock (_lock)
            changes = [.. _others.Tick().Select(_seating.Unseat)];
        foreach (var gone in changes)
            _onHeard(gone);
        // what found the outbox full
        if (_seating.HasUnsaid)
            Say();
    }

    private bool IsOwn(string partId) => string.Equals(partId, _partId, StringComparison.Ordinal);

    private void Ask(string partId)
    {
        lock (_lock)
            _asks = _asks is null || string.Equals(_asks, partId, StringComparison.Ordinal) ? partId : string.Empty;
        Say();
    }

    private void SayAll()
    {
        lock (_lock)
            _isToSayAll = true;
        Say();
    }

    /// <summary>From the outbox alone, so that notices go out in the order of their versions.</summary>
    private ValueTask SayAsync()
    {
        bool isAll;
        string? asks;
        lock (_lock)
        {
            (isAll, asks) = (_isToSayAll, _asks);
            (_isToSayAll, _asks) = (false, null);
        }

        var unsaid = _seating.TakeUnsaid(isAll);
        if (!unsaid.IsChanged && !isAll && asks is null)
            return ValueTask.CompletedTask;
        var before = isAll ? 0 : _version;
        if (unsaid.IsChanged)
            Volatile.Write(ref _version, _version + 1);
        _notices.Publish(new RoomNotice(DocumentId, _partId, before, _version, unsaid.Present, unsaid.Gone, asks));
        return ValueTask.CompletedTask;
    }
}
