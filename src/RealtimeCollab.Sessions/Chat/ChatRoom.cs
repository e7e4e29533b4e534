using System.Threading.Channels;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>
/// A room that is open on this node: the mailbox through which every change that this node makes goes, and who is typing. One turn
/// runs at a time and takes all that is waiting. Reading goes past it, straight to the store.
/// </summary>
public sealed class ChatRoom : ISession
{
    private readonly ChatServices _services;
    private readonly RoomTurn _turn;
    private readonly Outbox _outbox;
    private readonly TypingUsers _typing;
    private readonly Channel<PendingCommand> _mailbox;
    private readonly Task _turns;
    private int _waiting;

    internal ChatRoom(RoomHead head, ChatServices services)
    {
        _services = services;
        _turn = new RoomTurn(head, services);
        _outbox = new Outbox(head.RoomId, services.Options.OutboxCapacity, services.Logger, services.Metrics, services.Stopping);
        _typing = new TypingUsers(services.Options, services.Time, TellTyping);
        // decision 0005: a turn begins behind the work that is already there, so its reader does not run on the thread that writes
        _mailbox = Channel.CreateUnbounded<PendingCommand>(new UnboundedChannelOptions { SingleReader = true });
        _turns = RunTurnsAsync();
    }

    /// <summary>The room and how far it is, as far as this node knows.</summary>
    public RoomHead Head => _turn.Head;

    bool ISession.IsBusy => Volatile.Read(ref _waiting) > 0 || _outbox.IsBusy;

    /// <summary>
    /// Puts a command into the mailbox before it returns, so that a connection's commands stay in their order. The result is the
    /// message as it is stored.
    /// </summary>
    /// <exception cref="CollabException">The refusal; nothing has changed then, but for <see cref="CollabError.StoreUnavailable"/>
    /// and <see cref="CollabError.ServerDraining"/>, whose outcome is unknown.</exception>
    public Task<StoredMessage> ExecuteAsync(RoomCommand command, IRoomActor actor)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(actor);
        if (Interlocked.Increment(ref _waiting) > _services.Options.MaxWaitingCommands)
        {
            Interlocked.Decrement(ref _waiting);
            throw CollabException.TooManyWaiting(_services.Options.MaxWaitingCommands);
        }

        var pending = new PendingCommand(command, actor);
        if (!_mailbox.Writer.TryWrite(pending))
        {
            Interlocked.Decrement(ref _waiting);
            pending.Refuse(CollabException.ServerDraining());
        }

        return pending.Stored;
    }

    /// <summary>Takes that somebody types on a connection, or has stopped.</summary>
    public void SetTyping(string connectionId, string userId, string userName, bool isTyping) =>
        _typing.Set(connectionId, userId, userName, isTyping);

    /// <summary>A connection left the room.</summary>
    public void Leave(string connectionId) => _typing.Stop(connectionId);

    async Task ISession.CloseAsync()
    {
        _mailbox.Writer.TryComplete();
        await _turns;
        _typing.Close();
        _outbox.Complete();
        await _outbox.Sent;
    }

    void ISession.OnEvicted() => ChatLog.Evicted(_services.Logger, Head.RoomId, Head.Change);

    private async Task RunTurnsAsync()
    {
        var batch = new List<PendingCommand>();
        while (await _mailbox.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < _services.Options.MaxBatch && _mailbox.Reader.TryRead(out var pending))
                batch.Add(pending);
            var count = batch.Count;
            await RunTurnAsync(batch);
            Interlocked.Add(ref _waiting, -count);
            // whoever this turn answered, and whatever else has arrived, comes into the next one
            await Task.Yield();
        }
    }

    private async Task RunTurnAsync(List<PendingCommand> batch)
    {
        PendingCommand[] all = [.. batch];
        try
        {
            await _turn.RunAsync(batch, OnStored, OnOthers);
        }
        catch (OperationCanceledException) when (_services.Stopping.IsCancellationRequested)
        {
            RefuseAll(all, CollabException.ServerDraining());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // a defect, not a refusal: what became of the batch is unknown, and the next turn must be able to run
            ChatLog.TurnFailed(_services.Logger, Head.RoomId, exception);
            RefuseAll(all, CollabException.StoreUnavailable(exception));
        }
    }

    private static void RefuseAll(PendingCommand[] batch, CollabException reason)
    {
        foreach (var pending in batch)
            pending.Refuse(reason);
    }

    private void OnStored(IReadOnlyList<MessageChange> changes, MessageBatch batch)
    {
        Publish(changes);
        if (batch.Mentions.Count == 0)
            return;
        var mentioned = batch.Mentions.Select(mention => (mention.UserId, mention.Sequence)).ToHashSet();
        TellMentions(batch.Messages, notification => mentioned.Contains((notification.UserId, notification.Sequence)));
    }

    private void OnOthers(IReadOnlyList<MessageChange> changes)
    {
        Publish(changes);
        StoredMessage[] posted = [.. changes.Where(change => change.Kind == ChangeKind.Posted && change.Message.Mentions.Count > 0).Select(change => change.Message)];
        if (posted.Length > 0)
            TellMentions(posted, static _ => true);
    }

    private void Publish(IReadOnlyList<MessageChange> changes) =>
        _outbox.Post(stopping => _services.Events.MessagesChangedAsync(Head.RoomId, changes, stopping));

    /// <summary>The numbers of the notifications are the store's to give, so they are read; whom that does not reach finds them there.</summary>
    private void TellMentions(IReadOnlyList<StoredMessage> messages, Func<NewNotification, bool> isNew) => _outbox.Post(async stopping =>
    {
        try
        {
            var bySequence = messages.ToDictionary(message => message.Sequence);
            foreach (var stored in await _services.Notifications.FindMentionsAsync(Head.Key, bySequence.Keys, stopping))
            {
                if (isNew(stored.Notification))
                    await _services.Events.MentionedAsync(Head.RoomId, stored, bySequence[stored.Notification.Sequence!.Value], stopping);
            }
        }
        catch (CollabException failure)
        {
            ChatLog.MentionsNotTold(_services.Logger, Head.RoomId, failure);
        }
    });

    private void TellTyping(string userId, string userName, bool isTyping) =>
        _outbox.Post(stopping => _services.Events.TypingChangedAsync(Head.RoomId, userId, userName, isTyping, stopping));
}
