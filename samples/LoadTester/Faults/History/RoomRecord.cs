using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>Collects the history of one chat room while it happens. Safe for any thread.</summary>
internal sealed class RoomRecord(string roomId)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SentMessage> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SeenMessage>> _seen = new(StringComparer.Ordinal);

    /// <summary>How many messages were acknowledged.</summary>
    public int AcknowledgedCount
    {
        get
        {
            lock (_lock)
                return _sent.Values.Count(message => message.Sequence is not null);
        }
    }

    /// <summary>Somebody is in the room, and is to be shown all.</summary>
    public void Joined(string client)
    {
        lock (_lock)
            _seen.TryAdd(client, []);
    }

    /// <summary>Somebody sends a message.</summary>
    public void Sending(string client, string content)
    {
        lock (_lock)
            _sent[content] = new SentMessage(client, content, Sequence: null);
    }

    /// <summary>The message is stored.</summary>
    public void Acknowledged(string content, long sequence)
    {
        lock (_lock)
            _sent[content] = _sent[content] with { Sequence = sequence };
    }

    /// <summary>Somebody was shown a message.</summary>
    public void Seen(string client, ChatMessage message)
    {
        lock (_lock)
            _seen[client].Add(new SeenMessage(message.Sequence, message.Content));
    }

    /// <summary>Somebody was shown all messages anew; those that are behind what was seen before are new.</summary>
    public void Reset(string client, IEnumerable<ChatMessage> messages)
    {
        lock (_lock)
        {
            var seen = _seen[client];
            var last = seen.Count == 0 ? 0 : seen[^1].Sequence;
            seen.AddRange(messages.Where(message => message.Sequence > last).Select(message => new SeenMessage(message.Sequence, message.Content)));
        }
    }

    /// <summary>Whether somebody was shown the last message that is known to be stored.</summary>
    public bool HasSeenAll(string client)
    {
        lock (_lock)
            return (_seen[client] is [.., var last] ? last.Sequence : 0) >= _sent.Values.Select(message => message.Sequence ?? 0).DefaultIfEmpty().Max();
    }

    public RoomHistory ToHistory()
    {
        lock (_lock)
        {
            return new RoomHistory
            {
                RoomId = roomId,
                Sent = [.. _sent.Values],
                Seen = _seen.ToDictionary(seen => seen.Key, seen => (IReadOnlyList<SeenMessage>)[.. seen.Value], StringComparer.Ordinal),
            };
        }
    }
}
