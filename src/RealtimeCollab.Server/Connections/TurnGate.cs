namespace RealtimeCollab.Server.Connections;

/// <summary>Lets one caller in at a time, without blocking a thread.</summary>
internal sealed class TurnGate : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(1);

    /// <summary>Waits for the turn; disposing the result ends it.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        return new Turn(_semaphore);
    }

    public void Dispose() => _semaphore.Dispose();

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
