using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>One room of a <see cref="MemoryChatStore"/>; used under the store's lock only.</summary>
internal sealed class MemoryRoom(RoomHead head)
{
    private readonly SortedDictionary<long, StoredMessage> _messages = [];
    private readonly Dictionary<string, long> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<SentMessageKey, long> _bySent = [];

    public RoomHead Head { get; private set; } = head;

    /// <summary>By user.</summary>
    public Dictionary<string, RoomMembership> Members { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<StoredMessage> Messages => _messages.Values;

    public void Write(MessageBatch batch)
    {
        foreach (var message in batch.Messages)
        {
            _messages[message.Sequence] = message;
            _byId[message.MessageId] = message.Sequence;
            _bySent[message.Sent] = message.Sequence;
        }

        Head = Head with { Sequence = batch.Sequence, Change = batch.Change };
    }

    /// <returns>How much there was of the user.</returns>
    public long Erase(string userId, string pseudonym)
    {
        long rows = Members.Remove(userId) ? 1 : 0;
        if (Head.CreatedBy == userId)
        {
            Head = Head with { CreatedBy = pseudonym };
            rows++;
        }

        foreach (var message in _messages.Values.Where(message => message.SenderId == userId).ToArray())
        {
            _bySent.Remove(message.Sent);
            var erased = message with { SenderId = pseudonym, SenderName = pseudonym };
            _messages[message.Sequence] = erased;
            _bySent[erased.Sent] = message.Sequence;
            rows++;
        }

        return rows;
    }

    public StoredMessage[] Read(MessageRange range, int limit) => range.Order switch
    {
        MessageOrder.AfterSequence => [.. _messages.Values.Where(message => message.Sequence > range.Bound).Take(limit)],
        MessageOrder.BeforeSequence => [.. _messages.Values.Where(message => message.Sequence < range.Bound).TakeLast(limit)],
        _ => [.. _messages.Values.Where(message => message.Change > range.Bound).OrderBy(message => message.Change).Take(limit)],
    };

    public StoredMessage[] Find(MessageLookup lookup)
    {
        var sequences = new SortedSet<long>(lookup.Sequences.Where(_messages.ContainsKey));
        foreach (var messageId in lookup.MessageIds)
        {
            if (_byId.TryGetValue(messageId, out var sequence))
                sequences.Add(sequence);
        }

        foreach (var sent in lookup.Sent)
        {
            if (_bySent.TryGetValue(sent, out var sequence))
                sequences.Add(sequence);
        }

        return [.. sequences.Select(sequence => _messages[sequence])];
    }
}
