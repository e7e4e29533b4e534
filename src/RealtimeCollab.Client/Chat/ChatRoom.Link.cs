using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <content>The connection comes and goes: joining, making up for what was missed, and what the server tells.</content>
public sealed partial class ChatRoom
{
    private const int PageSize = 200;

    /// <summary>Whoever misses more changes begins anew with the latest messages.</summary>
    private const long LongestGap = 5_000;

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connection;
    private int _joinings;
    private bool _isFilling;

    /// <summary>Up to here the server has counted what is unread.</summary>
    private long _countedUpTo;

    /// <summary>Counts the joinings; 0 while the room is not joined.</summary>
    internal int Joining => Read(() => State == ChatRoomState.Joined ? _joinings : 0);

    /// <summary>Ends when the room was joined for the first time, or the server refused it.</summary>
    internal Task Opened => _opened.Task;

    internal void Connected(GreetedConnection connection)
    {
        Update(() =>
        {
            UserId = connection.Welcome.UserId;
            _connection = connection.Number;
            _typing.Clear();
            BeginToJoin();
        });
    }

    internal void Disconnected(GreetedConnection connection) => Update(() =>
    {
        if (connection.Number < _connection)
            return;
        _connection = 0;
        if (State == ChatRoomState.Joined)
            Become(ChatRoomState.Offline);
    });

    internal void Receive(ChatMessage message) => Update(() =>
    {
        if (message.SenderId == UserId)
            Forget(message.ClientMessageId);
        _timeline.Receive(message);
    });

    internal void Receive(ReactionsChanged reactions) => Update(() => _timeline.Receive(reactions));

    internal void Receive(TypingChanged message) => Update(() =>
    {
        _typing.Take(message);
        _events.Add(() => TypingChanged?.Invoke(this, EventArgs.Empty));
    });

    internal void Receive(ReadChanged message) => Update(() =>
    {
        Members = [.. Members.Select(member => member.UserId == message.UserId ? member with { LastReadSequence = message.Sequence } : member)];
        if (message.UserId == UserId)
        {
            LastReadSequence = Math.Max(LastReadSequence, message.Sequence);
            UnreadCount = message.UnreadCount ?? UnreadCount;
        }

        _events.Add(() => ReadChanged?.Invoke(this, EventArgs.Empty));
    });

    /// <summary>A heartbeat told how far the room is; null: the server does not count this connection among the room's any more.</summary>
    internal void HeadSeen(int joining, long? change) => Update(() =>
    {
        if (joining != _joinings || State != ChatRoomState.Joined)
            return;
        if (change is { } head)
            _timeline.HeadSeen(head);
        else
            BeginToJoin();
    });

    /// <summary>Outside the lock, which is held here.</summary>
    private void BeginToJoin()
    {
        var connection = _connection;
        _ = Task.Run(() => JoinAsync(connection), CancellationToken.None);
    }

    private async Task JoinAsync(int connection)
    {
        for (var attempt = 0; IsCurrent(connection); attempt++)
        {
            try
            {
                await Task.Delay(_options.Backoff.DelayBefore(attempt), _options.TimeProvider, _leaving.Token).ConfigureAwait(false);
                long? known = Read(() => _timeline.Change > 0 ? _timeline.Change : (long?)null);
                var snapshot = await _calls.Hub.JoinRoom(new JoinRoomRequest { RoomId = Id, AfterChange = known }).ConfigureAwait(false);
                if (known is not null && (snapshot.LastChange < known || snapshot.LastChange - known > LongestGap))
                    (known, snapshot) = (null, await _calls.Hub.JoinRoom(new JoinRoomRequest { RoomId = Id }).ConfigureAwait(false));
                Update(() => Joined(connection, snapshot, isAnew: known is null));
                return;
            }
            catch (CollabClientException refusal) when (Refusals.RemedyFor(refusal.Code, attempt) is Remedy.Retry)
            {
                // the same again, later
            }
            catch (CollabClientException refusal)
            {
                Update(() => Close(refusal));
            }
            catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Joined(int connection, RoomSnapshot snapshot, bool isAnew)
    {
        if (connection != _connection || State == ChatRoomState.Closed)
            return;
        if (isAnew)
            _timeline.Reset(snapshot);
        else
            _timeline.Fill(snapshot.Messages, isAll: snapshot.Messages.Count < PageSize, snapshot.LastChange);
        Members = [.. snapshot.Members];
        Role = snapshot.Role;
        (LastReadSequence, UnreadCount, _countedUpTo) = (snapshot.LastReadSequence, snapshot.UnreadCount, snapshot.LastSequence);
        _joinings++;
        Become(ChatRoomState.Joined);
        _opened.TrySetResult();
    }

    /// <summary>Reads what is missing, page by page.</summary>
    private async Task FillAsync(int connection)
    {
        try
        {
            while (IsCurrent(connection) && Read(() => _timeline.IsBehind))
            {
                var known = Read(() => _timeline.Change);
                var page = await _calls.Hub.GetMessages(new GetMessagesRequest { RoomId = Id, AfterChange = known, Limit = PageSize }).ConfigureAwait(false);
                Update(() => _timeline.Fill(page.Messages, isAll: page.Messages.Count < PageSize, page.LastChange));
            }
        }
        catch (CollabClientException)
        {
            // the next message, heartbeat or connection begins again
        }
        finally
        {
            lock (_gate)
                _isFilling = false;
        }
    }

    private bool IsCurrent(int connection) => Read(() => connection == _connection && State != ChatRoomState.Closed);

    private void Close(CollabClientException refusal)
    {
        ClosedBecause = refusal;
        Become(ChatRoomState.Closed);
        _opened.TrySetException(refusal);
    }

    private void Become(ChatRoomState state)
    {
        if (State is ChatRoomState.Closed || State == state)
            return;
        State = state;
        _events.Add(() => StateChanged?.Invoke(this, EventArgs.Empty));
    }

    /// <summary>Changes something under the lock, and raises afterwards what follows from it.</summary>
    private void Update(Action change)
    {
        lock (_gate)
        {
            change();
            foreach (var happened in _timeline.TakeEvents())
            {
                if (happened is { Kind: TimelineEventKind.Received, Message: { } message } && message.SenderId != UserId && message.Sequence > _countedUpTo)
                    UnreadCount++;
                _events.Add(() => RaiseTimeline(happened));
            }

            if (_timeline.IsBehind && !_isFilling && State == ChatRoomState.Joined)
            {
                _isFilling = true;
                var connection = _connection;
                _ = Task.Run(() => FillAsync(connection), CancellationToken.None);
            }
        }

        _events.Raise();
    }

    private void RaiseTimeline(TimelineEvent happened)
    {
        switch (happened.Kind)
        {
            case TimelineEventKind.Received:
                MessageReceived?.Invoke(this, new ChatMessageEventArgs(happened.Message!));
                break;
            case TimelineEventKind.Changed:
                MessageChanged?.Invoke(this, new ChatMessageEventArgs(happened.Message!));
                break;
            default:
                HistoryReset?.Invoke(this, EventArgs.Empty);
                break;
        }
    }
}
