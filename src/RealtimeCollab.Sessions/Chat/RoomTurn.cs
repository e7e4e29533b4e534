using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>
/// One turn of a room: authorize, stage, append, and only when that is on disk tell. A clash, and an append that failed without
/// saying what became of it, are answered from the store: read what changed there and stage again; a message that was stored after
/// all is then recognised by its author's name for it.
/// </summary>
internal sealed class RoomTurn(RoomHead head, ChatServices services)
{
    private const int PageSize = 200;

    private volatile RoomHead _head = head;

    /// <summary>The store may hold more than <see cref="_head"/> says.</summary>
    private bool _isUncertain;

    /// <summary>Where the room is, as far as this node knows.</summary>
    public RoomHead Head => _head;

    /// <summary>Takes the batch to its end: afterwards each command is answered.</summary>
    public async Task RunAsync(
        List<PendingCommand> batch, Action<IReadOnlyList<MessageChange>, MessageBatch> onStored, Action<IReadOnlyList<MessageChange>> onOthers)
    {
        await AuthorizeAsync(batch);
        var patience = new StorePatience(services.Options.StorePatience, services.Time, services.Stopping);
        var conflicts = 0;
        while (await TryStageAsync(batch, patience, onOthers) is { } staged)
        {
            if (staged.Changes.Count == 0)
            {
                staged.Complete();
                return;
            }

            if (conflicts > services.Options.MaxAppendConflicts)
            {
                // not stored by now; but an append of unknown outcome may still come to take place
                RefuseAll(batch, patience.HasStarted ? CollabException.StoreUnavailable(null) : CollabException.TooManyConflicts(conflicts));
                return;
            }

            var changes = staged.ToBatch();
            switch (await TryAppendAsync(changes))
            {
                case AppendOutcome.Appended:
                    _head = staged.Head;
                    onStored(staged.Changes, changes);
                    staged.Complete();
                    return;
                case AppendOutcome.Conflict:
                    conflicts++;
                    _isUncertain = true;
                    ChatLog.Conflict(services.Logger, _head.RoomId, changes.ExpectedChange);
                    break;
                case null when !await patience.TryWaitAsync():
                    RefuseAll(batch, CollabException.StoreUnavailable(null));
                    return;
            }
        }
    }

    /// <summary>Asks for all at once.</summary>
    private async ValueTask AuthorizeAsync(List<PendingCommand> batch)
    {
        // only for answers that are not at hand, as they are for most
        List<Task>? asked = null;
        foreach (var pending in batch)
        {
            var authorized = pending.AuthorizeAsync(_head.RoomId, services);
            if (!authorized.IsCompletedSuccessfully)
                (asked ??= []).Add(authorized.AsTask());
        }

        if (asked is not null)
            await Task.WhenAll(asked);
    }

    /// <summary>Null when the batch was refused because the store cannot be read, or does not hold the room any more.</summary>
    private async ValueTask<StagedChanges?> TryStageAsync(
        List<PendingCommand> batch, StorePatience patience, Action<IReadOnlyList<MessageChange>> onOthers)
    {
        while (true)
        {
            try
            {
                if (_isUncertain)
                    await ReadOthersAsync(onOthers);
                return await StageAsync(batch);
            }
            catch (CollabException failure) when (failure.Error == CollabError.StoreUnavailable)
            {
                if (await patience.TryWaitAsync())
                    continue;
                RefuseAll(batch, failure);
                return null;
            }
            catch (CollabException gone)
            {
                RefuseAll(batch, gone);
                return null;
            }
        }
    }

    private async ValueTask<StagedChanges> StageAsync(List<PendingCommand> batch)
    {
        batch.RemoveAll(pending => pending.IsOver);
        var needed = batch.ConvertAll(pending => pending.Command.Needed(pending.Actor.UserId));
        var lookup = new MessageLookup
        {
            MessageIds = needed.SelectMany(one => one.MessageIds).ToHashSet(StringComparer.Ordinal),
            Sent = needed.SelectMany(one => one.Sent).ToHashSet(),
        };
        IReadOnlyList<StoredMessage> found = lookup.IsEmpty ? [] : await services.Messages.FindMessagesAsync(_head.Key, lookup, services.Stopping);
        var staged = new StagedChanges(_head, found, services.Time);
        foreach (var pending in batch)
            staged.Add(pending);
        batch.RemoveAll(pending => pending.IsOver);
        return staged;
    }

    /// <summary>Advances to where the store is.</summary>
    /// <exception cref="CollabException">The store failed, or does not hold the room any more.</exception>
    private async ValueTask ReadOthersAsync(Action<IReadOnlyList<MessageChange>> onOthers)
    {
        var heads = await services.Messages.FindRoomsAsync([_head.RoomId], services.Stopping);
        if (heads is not [var current] || current.Key != _head.Key)
            throw CollabException.RoomNotFound(_head.RoomId);
        while (_head.Change < current.Change)
        {
            var page = await services.Messages.ReadAsync(_head.Key, MessageRange.AfterChange(_head.Change), PageSize, services.Stopping);
            if (page.Count == 0)
                break;
            onOthers([.. page.Select(ToChange)]);
            _head = _head with { Sequence = Math.Max(_head.Sequence, page.Max(message => message.Sequence)), Change = page[^1].Change };
        }

        _isUncertain = false;
    }

    private MessageChange ToChange(StoredMessage message) => new(
        message.DeletedAt is not null ? ChangeKind.Deleted : message.Sequence > _head.Sequence ? ChangeKind.Posted : ChangeKind.Edited,
        message);

    /// <summary>Null: what became of it is unknown.</summary>
    private async ValueTask<AppendOutcome?> TryAppendAsync(MessageBatch changes)
    {
        try
        {
            // never cancelled: a command that left the mailbox is seen through
            return await services.Messages.AppendAsync(changes, CancellationToken.None);
        }
        catch (CollabException failure) when (failure.Error == CollabError.StoreUnavailable)
        {
            ChatLog.StoreFailed(services.Logger, _head.RoomId, changes.ExpectedChange, failure);
            _isUncertain = true;
            return null;
        }
    }

    private static void RefuseAll(List<PendingCommand> batch, CollabException reason)
    {
        foreach (var pending in batch)
            pending.Refuse(reason);
    }
}
