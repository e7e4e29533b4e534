using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>
/// The messages of a room that a client has: a stretch without gaps, at a change of the room. Changes are applied in the order of
/// their numbers; what comes early waits, what is known already is dropped. Not thread-safe.
/// </summary>
internal sealed class RoomTimeline
{
    /// <summary>More than this waits for nothing: a gap so long is read from the server anyway.</summary>
    private const int MaxEarly = 1000;

    private readonly List<ChatMessage> _messages = [];
    private readonly SortedDictionary<long, object> _early = [];
    private readonly SortedDictionary<long, ChatMessage> _ahead = [];
    private readonly List<TimelineEvent> _events = [];
    private long _head;

    /// <summary>In the order of their sequences.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>All changes up to this one are in <see cref="Messages"/>.</summary>
    public long Change { get; private set; }

    /// <summary>There are changes that have not come.</summary>
    public bool IsBehind => Change < _head;

    private long First => _messages.Count == 0 ? 0 : _messages[0].Sequence;

    private long Last => _messages.Count == 0 ? 0 : _messages[^1].Sequence;

    /// <summary>What happened since the last call.</summary>
    public IReadOnlyList<TimelineEvent> TakeEvents()
    {
        TimelineEvent[] events = [.. _events];
        _events.Clear();
        return events;
    }

    /// <summary>A new or changed message came.</summary>
    public void Receive(ChatMessage message) => Receive(message.Change, message);

    /// <summary>Reactions came.</summary>
    public void Receive(ReactionsChanged reactions) => Receive(reactions.Change, reactions);

    /// <summary>The server told how far the room is.</summary>
    public void HeadSeen(long change) => _head = Math.Max(_head, change);

    /// <summary>Begins anew with the latest messages.</summary>
    public void Reset(RoomSnapshot snapshot)
    {
        _messages.Clear();
        _messages.AddRange(snapshot.Messages);
        _ahead.Clear();
        _early.Clear();
        // what changed after the server looked is among the messages already, and comes once more
        Change = snapshot.LastChange;
        _head = snapshot.LastChange;
        _events.Add(new TimelineEvent(TimelineEventKind.Reset, Message: null));
    }

    /// <summary>Takes messages that changed after <see cref="Change"/>, in the order of their changes.</summary>
    /// <param name="changed">The messages.</param>
    /// <param name="isAll">There are no others up to <paramref name="head"/>.</param>
    /// <param name="head">How far the room is.</param>
    public void Fill(IReadOnlyList<ChatMessage> changed, bool isAll, long head)
    {
        HeadSeen(head);
        foreach (var message in changed)
            Take(message);
        Change = Math.Max(Change, changed.Count > 0 ? changed[^1].Change : 0);
        if (isAll)
            Change = Math.Max(Change, head);
        Advance();
    }

    /// <summary>Takes messages from before the first one.</summary>
    public void Prepend(IReadOnlyList<ChatMessage> older)
    {
        var before = older.Where(message => message.Sequence < First).ToList();
        if (before.Count > 0 && before[^1].Sequence == First - 1)
            _messages.InsertRange(0, before);
    }

    private void Receive(long change, object arrival)
    {
        HeadSeen(change);
        if (change <= Change)
        {
            Apply(arrival);
            return;
        }

        if (_early.Count < MaxEarly)
            _early.TryAdd(change, arrival);
        Advance();
    }

    private void Advance()
    {
        while (_early.Count > 0)
        {
            var (change, arrival) = _early.First();
            if (change > Change + 1)
                return;
            _early.Remove(change);
            Apply(arrival);
            Change = Math.Max(Change, change);
        }
    }

    private void Apply(object arrival)
    {
        if (arrival is ChatMessage message)
            Take(message);
        else if (arrival is ReactionsChanged reactions && Find(reactions.Sequence) is { } known)
            Replace(known with { Reactions = reactions.Reactions, Change = reactions.Change });
    }

    private void Take(ChatMessage message)
    {
        if (Find(message.Sequence) is not null)
        {
            Replace(message);
        }
        else if (message.Sequence > Last)
        {
            // a message that was changed comes later than those after it
            _ahead[message.Sequence] = message;
            AddAhead();
        }
    }

    private void AddAhead()
    {
        while (_ahead.Count > 0 && (_messages.Count == 0 ? _ahead.First().Key == 1 : _ahead.ContainsKey(Last + 1)))
        {
            var next = _ahead.First().Value;
            _ahead.Remove(next.Sequence);
            _messages.Add(next);
            _events.Add(new TimelineEvent(TimelineEventKind.Received, next));
        }
    }

    private void Replace(ChatMessage message)
    {
        var index = (int)(message.Sequence - First);
        if (message.Change <= _messages[index].Change)
            return;
        _messages[index] = message;
        _events.Add(new TimelineEvent(TimelineEventKind.Changed, message));
    }

    private ChatMessage? Find(long sequence) =>
        _messages.Count > 0 && sequence >= First && sequence <= Last ? _messages[(int)(sequence - First)] : null;
}

/// <summary>What happened to a timeline.</summary>
internal enum TimelineEventKind
{
    Received,
    Changed,
    Reset,
}

/// <summary>Something that happened to a timeline.</summary>
internal sealed record TimelineEvent(TimelineEventKind Kind, ChatMessage? Message);
