namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>Lets one caller in at a time, in order. Unlike the platform's semaphore it never leaves the thread of its callers.</summary>
internal sealed class TurnQueue
{
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for the turn; disposing the result ends it.</summary>
    public async Task<IDisposable> EnterAsync()
    {
        var before = _last;
        var turn = new Turn();
        _last = turn.Ended;
        await before;
        return turn;
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public void Dispose() => _ended.TrySetResult();
    }
}
