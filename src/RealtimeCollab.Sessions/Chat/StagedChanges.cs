using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>What a turn is about to store: each command sees what those before it staged. Does not wait for anything.</summary>
internal sealed class StagedChanges
{
    private readonly RoomHead _head;
    private readonly Dictionary<string, StoredMessage> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<SentMessageKey, string> _bySent = [];
    private readonly SortedDictionary<long, StoredMessage> _written = [];
    private readonly List<MessageChange> _changes = [];
    private readonly List<NewNotification> _mentions = [];
    private readonly List<(PendingCommand Pending, StoredMessage Message)> _answers = [];
    private IReadOnlyList<string> _readers = [];

    public StagedChanges(RoomHead head, IReadOnlyList<StoredMessage> found, TimeProvider time)
    {
        _head = head;
        Sequence = head.Sequence;
        Change = head.Change;
        // stored to the millisecond, so that a message is the same when it is read again
        Now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var message in found)
            Keep(message);
    }

    public DateTimeOffset Now { get; }

    /// <summary>The place of the last message.</summary>
    public long Sequence { get; private set; }

    /// <summary>The number of the last change.</summary>
    public long Change { get; private set; }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<MessageChange> Changes => _changes;

    /// <summary>Where the room is once this is stored.</summary>
    public RoomHead Head => _head with { Sequence = Sequence, Change = Change };

    /// <summary>Stages what a command changes, or refuses it.</summary>
    public void Add(PendingCommand pending)
    {
        try
        {
            _readers = pending.Readers;
            _answers.Add((pending, pending.Command.Apply(this, pending.Actor, pending.Role)));
        }
        catch (CollabException refusal)
        {
            pending.Refuse(refusal);
        }
    }

    public MessageBatch ToBatch() => new(_head.Key, _head.Change, Sequence, Change, [.. _written.Values], _mentions);

    /// <summary>Answers all commands that were not refused: what they are about is stored.</summary>
    public void Complete()
    {
        foreach (var (pending, message) in _answers)
            pending.Complete(message);
    }

    public StoredMessage? FindSent(SentMessageKey sent) => _bySent.TryGetValue(sent, out var messageId) ? _byId[messageId] : null;

    /// <exception cref="CollabException"><see cref="CollabError.MessageNotFound"/>.</exception>
    public StoredMessage Get(string messageId) => _byId.GetValueOrDefault(messageId) ?? throw CollabException.MessageNotFound();

    /// <exception cref="CollabException"><see cref="CollabError.MessageNotFound"/>, also for a deleted one.</exception>
    public StoredMessage GetLiving(string messageId) =>
        Get(messageId) is { DeletedAt: null } message ? message : throw CollabException.MessageNotFound();

    /// <param name="message">With the next sequence and change.</param>
    public StoredMessage Post(StoredMessage message)
    {
        Sequence = message.Sequence;
        Mention(message, except: []);
        return Write(ChangeKind.Posted, message);
    }

    public StoredMessage Replace(ChangeKind kind, StoredMessage before, StoredMessage after)
    {
        Mention(after, before.Mentions);
        return Write(kind, after with { Change = Change + 1 });
    }

    /// <summary>Leaves of a message its place.</summary>
    public StoredMessage Delete(StoredMessage message) =>
        Replace(ChangeKind.Deleted, message, message with { Content = string.Empty, Mentions = [], Reactions = [], DeletedAt = Now });

    private StoredMessage Write(ChangeKind kind, StoredMessage message)
    {
        Change = message.Change;
        Keep(message);
        _written[message.Sequence] = message;
        _changes.Add(new MessageChange(kind, message));
        return message;
    }

    private void Keep(StoredMessage message)
    {
        _byId[message.MessageId] = message;
        _bySent[message.Sent] = message.MessageId;
    }

    private void Mention(StoredMessage message, IReadOnlyList<string> except)
    {
        foreach (var userId in message.Mentions.Except(except, StringComparer.Ordinal))
        {
            if (userId != message.SenderId && _readers.Contains(userId, StringComparer.Ordinal))
                _mentions.Add(new NewNotification(userId, NewNotification.MentionType, Text: null, _head.Key, message.Sequence, Now));
        }
    }
}
