using System.Collections.Concurrent;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>A thread with a synchronization context, as a user interface has one.</summary>
internal sealed class UiThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<Action> _posted = [];
    private readonly Thread _thread;

    public UiThread()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public bool IsCurrent => Thread.CurrentThread == _thread;

    public override void Post(SendOrPostCallback callback, object? state) => _posted.Add(() => callback(state));

    public override void Send(SendOrPostCallback callback, object? state)
    {
        using var done = new ManualResetEventSlim();
        _posted.Add(() =>
        {
            callback(state);
            done.Set();
        });
        done.Wait();
    }

    /// <summary>Runs asynchronous code there, as the handler of a button would.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _posted.Add(() => done.SetResult(work()));
        return done.Task.Unwrap();
    }

    public void Dispose()
    {
        _posted.CompleteAdding();
        _thread.Join();
        _posted.Dispose();
    }

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach (var work in _posted.GetConsumingEnumerable())
            work();
    }
}
