using System.Threading.Channels;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql.Internal.Writing;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.PostgreSql;

public sealed class AppendQueueTests
{
    private readonly AppendQueue _queue = new();
    private readonly List<PendingAppend> _group = [];

    [Fact]
    public async Task Take_DocumentTwice_LeavesItsSecondBatchForTheNextGroup()
    {
        var document = NewDocument().ToHead(0);
        PendingAppend[] appends = [Append(document), Append(), Append(document), Append()];
        foreach (var append in appends)
            await _queue.AddAsync(append, Cancellation);

        await _queue.TakeAsync(_group);
        Assert.Equal(appends[..2], _group);
        await _queue.TakeAsync(_group);
        Assert.Equal(appends[2..], _group);
    }

    [Fact]
    public async Task Take_WhoeverWasAtTheGateHasNothingToAppend_DoesNotWaitForEver()
    {
        await _queue.AddAsync(Append(), Cancellation);
        await _queue.TakeAsync(_group);
        Task[] atGate = [_queue.Gate.WaitAsync(Cancellation), _queue.Gate.WaitAsync(Cancellation)];
        await _queue.AddAsync(Append(), Cancellation);

        Assert.True(await _queue.TakeAsync(_group));

        await Task.WhenAll(atGate);
        Assert.Single(_group);
    }

    [Fact]
    public async Task Take_CancelledAppend_IsPassedOver()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = CancellableAppend(cancellation.Token);
        var other = Append();
        await _queue.AddAsync(cancelled, Cancellation);
        await _queue.AddAsync(other, Cancellation);
        await cancellation.CancelAsync();

        await _queue.TakeAsync(_group);

        Assert.Equal([other], _group);
        Assert.True(cancelled.Task.IsCanceled);
    }

    [Fact]
    public async Task Dispose_AppendsWait_TheyAreStillTakenAndLaterOnesRefused()
    {
        var document = NewDocument().ToHead(0);
        await _queue.AddAsync(Append(document), Cancellation);
        await _queue.AddAsync(Append(document), Cancellation);
        _queue.Dispose();

        Assert.True(await _queue.TakeAsync(_group));
        Assert.True(await _queue.TakeAsync(_group));
        Assert.Single(_group);
        Assert.False(await _queue.TakeAsync(_group));
        await Assert.ThrowsAsync<ChannelClosedException>(() => _queue.AddAsync(Append(), Cancellation).AsTask());
    }

    private static PendingAppend Append(DocumentHead? head = null) => new(Batch(head ?? NewDocument().ToHead(0)), CancellationToken.None);

    private static PendingAppend CancellableAppend(CancellationToken cancellationToken) =>
        new(Batch(NewDocument().ToHead(0)), cancellationToken);
}
