using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Tests.Storage;

public sealed class AppendGateTests
{
    private readonly AppendGate _gate = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Wait_NothingIsWritten_IsOverAtOnce() => Assert.True(_gate.WaitAsync(Cancellation).IsCompletedSuccessfully);

    [Fact]
    public async Task Open_SomeWait_LetsThemThroughAndCountsThem()
    {
        _gate.Shut();
        Task[] waiting = [_gate.WaitAsync(Cancellation), _gate.WaitAsync(Cancellation)];
        Assert.All(waiting, wait => Assert.False(wait.IsCompleted));

        Assert.Equal(2, _gate.Open());

        await Task.WhenAll(waiting);
        Assert.Equal(0, _gate.Open());
        Assert.True(_gate.WaitAsync(Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Wait_GivenUp_LeavesTheOthers()
    {
        using var patience = new CancellationTokenSource();
        _gate.Shut();
        var (gaveUp, other) = (_gate.WaitAsync(patience.Token), _gate.WaitAsync(Cancellation));

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        _gate.Open();

        await other;
    }
}
