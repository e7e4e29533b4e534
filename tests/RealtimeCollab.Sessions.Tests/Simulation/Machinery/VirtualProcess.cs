using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Simulation.Machinery;

/// <summary>
/// Something that can be killed: its continuations and timers run as long as it lives, and not one of them afterwards, at
/// whichever await they stand.
/// </summary>
internal sealed class VirtualProcess
{
    private readonly SimulationScheduler _scheduler;
    private readonly ProcessTime _time;

    public VirtualProcess(string name, SimulationScheduler scheduler)
    {
        (Name, _scheduler) = (name, scheduler);
        _time = new ProcessTime(this);
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>The clock, as this process sees it.</summary>
    public TimeProvider Time => _time;

    public void Kill() => IsAlive = false;

    public void Post(Action work) => _scheduler.Post(this, work);

    /// <summary>Runs work later.</summary>
    public void After(TimeSpan delay, Action work) =>
        _time.CreateTimer(_ => work(), state: null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Runs asynchronous work; a failure that it does not handle itself fails the run.</summary>
    public void Start(Func<Task> work) => Post(() => _ = RunAsync(work));

    /// <summary>A context of its own for each piece of work, so that no continuation runs inside the one that caused it.</summary>
    public SynchronizationContext NewContext() => new ProcessContext(this);

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _scheduler.Fail(failure);
        }
    }

    private sealed class ProcessContext(VirtualProcess process) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => process.Post(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) =>
            throw new NotSupportedException("Nothing may wait for work on the only thread.");

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class ProcessTime(VirtualProcess process) : TimeProvider
    {
        private ManualTime Clock => process._scheduler.Clock;

        public override long TimestampFrequency => Clock.TimestampFrequency;

        public override long GetTimestamp() => Clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Clock.CreateTimer(_ => process._scheduler.PostFromTimer(process, () => callback(state)), state: null, dueTime, period);
    }
}
