using System.Runtime.ExceptionServices;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Simulation.Machinery;

/// <summary>
/// One thread and one clock for everything that a run does. Whatever is ready waits in one bag, and the seed decides what comes
/// out next, so that the same seed gives the same run, and another seed another interleaving.
/// </summary>
internal sealed class SimulationScheduler(Random random)
{
    /// <summary>Time passes while work is ready, now and then: computing takes time too.</summary>
    private const int StepsPerTick = 16;

    private const int CallbacksPerLateOne = 8;
    private const int LatestCallback = 60;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<(VirtualProcess Process, Action Work)> _ready = [];
    private Exception? _failure;

    public ManualTime Clock { get; } = new();

    /// <summary>Makes work ready; from another thread, that is the end of the run.</summary>
    public void Post(VirtualProcess process, Action work)
    {
        if (IsOnThread($"work for {process.Name}") && process.IsAlive)
            _ready.Add((process, work));
    }

    /// <summary>Makes a timer's work ready. A busy thread pool comes to it late, now and then: perhaps after the timer was disposed.</summary>
    public void PostFromTimer(VirtualProcess process, Action work)
    {
        if (random.Next(CallbacksPerLateOne) == 0)
            Clock.CreateTimer(_ => Post(process, work), state: null, TimeSpan.FromMilliseconds(random.Next(LatestCallback)), Timeout.InfiniteTimeSpan);
        else
            Post(process, work);
    }

    /// <summary>Whether the caller runs on the thread of the simulation; if not, the next step fails.</summary>
    public bool IsOnThread(string what)
    {
        if (Environment.CurrentManagedThreadId == _thread)
            return true;
        Fail(new SimulationFailure($"{what} came on another thread:\n{Environment.StackTrace}"));
        return false;
    }

    /// <summary>Ends the run; the first failure counts.</summary>
    public void Fail(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, comparand: null);

    /// <summary>Ends the run unless a promise holds, whoever may catch what is thrown here.</summary>
    public void Require(bool holds, string promise)
    {
        if (holds)
            return;
        Fail(new SimulationFailure(promise));
        ThrowIfFailed();
    }

    public void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Lets one thing happen.</summary>
    public void Step()
    {
        ThrowIfFailed();
        if (_ready.Count == 0 || random.Next(StepsPerTick) == 0)
            Clock.FireNext();
        if (_ready.Count > 0)
            RunOne();
    }

    private void RunOne()
    {
        var index = random.Next(_ready.Count);
        var (process, work) = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (!process.IsAlive)
            return;

        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(process.NewContext());
        try
        {
            work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }
}
