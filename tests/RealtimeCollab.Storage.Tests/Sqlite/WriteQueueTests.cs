using RealtimeCollab.Sessions;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Sqlite;

public sealed class WriteQueueTests
{
    private const int Room = 4096;
    private const int GroupLimit = 512;

    private readonly WriteQueue _queue = new();
    private readonly List<PendingWrite> _group = [];

    [Fact]
    public async Task Take_SeveralWait_GivesAllInTheirOrder()
    {
        PendingWrite[] writes = [Write(), Write(), Write()];
        foreach (var write in writes)
            await _queue.AddAsync(write, Cancellation);

        Assert.True(_queue.Take(_group));

        Assert.Equal(writes, _group);
    }

    [Fact]
    public async Task Take_MoreThanATransactionHolds_LeavesTheRest()
    {
        for (var index = 0; index < GroupLimit + 1; index++)
            await _queue.AddAsync(Write(), Cancellation);

        _queue.Take(_group);
        Assert.Equal(GroupLimit, _group.Count);
        _queue.Take(_group);
        Assert.Single(_group);
    }

    [Fact]
    public async Task Take_CancelledWrite_IsPassedOver()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = CancellableWrite(cancellation.Token);
        var other = Write();
        await _queue.AddAsync(cancelled, Cancellation);
        await _queue.AddAsync(other, Cancellation);
        await cancellation.CancelAsync();

        _queue.Take(_group);

        Assert.Equal([other], _group);
        Assert.True(cancelled.Task.IsCanceled);
    }

    [Fact]
    public async Task Take_SomeWereAtTheGate_LetsThemThroughAndGoesOnWithoutThoseWhoHaveNothingToWrite()
    {
        await _queue.AddAsync(Write(), Cancellation);
        _queue.Take(_group);
        Task[] atGate = [_queue.Gate.WaitAsync(Cancellation), _queue.Gate.WaitAsync(Cancellation)];
        Assert.All(atGate, waiting => Assert.False(waiting.IsCompleted));
        await _queue.AddAsync(Write(), Cancellation);

        Assert.True(_queue.Take(_group));

        await Task.WhenAll(atGate);
        Assert.Single(_group);
    }

    [Fact]
    public async Task Add_QueueFull_WaitsForTheWriter()
    {
        await FillAsync();

        var late = _queue.AddAsync(Write(), Cancellation);
        Assert.False(late.IsCompleted);

        _queue.Take(_group);
        await late;
    }

    [Fact]
    public async Task Add_QueueFullAndCancelled_GivesUp()
    {
        await FillAsync();
        using var cancellation = new CancellationTokenSource();

        var late = _queue.AddAsync(Write(), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.AsTask());
    }

    [Fact]
    public async Task Dispose_WritesWait_TheyAreStillTakenAndLaterOnesRefused()
    {
        await FillAsync();
        var late = _queue.AddAsync(Write(), Cancellation).AsTask();
        _queue.Dispose();

        var taken = 0;
        while (_queue.Take(_group))
            taken += _group.Count;

        Assert.Equal(Room, taken);
        Assert.Equal(CollabError.StoreUnavailable, (await Assert.ThrowsAsync<CollabException>(() => late)).Error);
    }

    private static PendingWork<int> Write() => CancellableWrite(CancellationToken.None);

    private static PendingWork<int> CancellableWrite(CancellationToken cancellationToken) => new(_ => 0, cancellationToken);

    private async Task FillAsync()
    {
        for (var index = 0; index < Room; index++)
            await _queue.AddAsync(Write(), Cancellation);
    }
}
