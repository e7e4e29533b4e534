using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>The memory store with what goes wrong in real ones: appends that wait, and fail before or after they took place.</summary>
internal sealed class FaultyMessages(MemoryChatStore store) : IMessageStore
{
    private readonly List<MessageBatch> _appends = [];
    private readonly SemaphoreSlim _arrivals = new(0);
    private TaskCompletionSource? _gate;

    /// <summary>All batches that came in, in order.</summary>
    public IReadOnlyList<MessageBatch> Appends => _appends;

    /// <summary>Called before each append takes place.</summary>
    public Func<Task>? BeforeAppend { get; set; }

    public int FailNextAppendsBefore { get; set; }

    public int FailNextAppendsAfter { get; set; }

    public bool IsDown { get; set; }

    /// <summary>Appends wait until the returned action is called.</summary>
    public Action HoldAppends()
    {
        var gate = _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return () =>
        {
            _gate = null;
            gate.SetResult();
        };
    }

    /// <summary>Waits until the next append has come in.</summary>
    public async Task NextAppendAsync() => Assert.True(await _arrivals.WaitAsync(TimeSpan.FromSeconds(30)));

    public async ValueTask<AppendOutcome> AppendAsync(MessageBatch batch, CancellationToken cancellationToken)
    {
        _appends.Add(batch);
        _arrivals.Release();
        if (_gate is { } gate)
            await gate.Task;
        ThrowIfDown();
        if (BeforeAppend is { } before)
        {
            BeforeAppend = null;
            await before();
        }

        if (FailNextAppendsBefore > 0)
        {
            FailNextAppendsBefore--;
            throw CollabException.StoreUnavailable(null);
        }

        var outcome = await store.AppendAsync(batch, cancellationToken);
        if (FailNextAppendsAfter > 0)
        {
            FailNextAppendsAfter--;
            throw CollabException.StoreUnavailable(null);
        }

        return outcome;
    }

    public ValueTask<IReadOnlyList<RoomHead>> FindRoomsAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return store.FindRoomsAsync(roomIds, cancellationToken);
    }

    public ValueTask<RoomHead> OpenRoomAsync(NewRoom room, CancellationToken cancellationToken) => store.OpenRoomAsync(room, cancellationToken);

    public ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(RoomKey room, MessageRange range, int limit, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return store.ReadAsync(room, range, limit, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredMessage>> FindMessagesAsync(RoomKey room, MessageLookup lookup, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return store.FindMessagesAsync(room, lookup, cancellationToken);
    }

    public ValueTask<int> CountUnreadAsync(RoomKey room, string userId, long afterSequence, int limit, CancellationToken cancellationToken) =>
        store.CountUnreadAsync(room, userId, afterSequence, limit, cancellationToken);

    private void ThrowIfDown()
    {
        if (IsDown)
            throw CollabException.StoreUnavailable(null);
    }
}
