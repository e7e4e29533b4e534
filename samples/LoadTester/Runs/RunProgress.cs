using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Runs;

internal enum RunPhase
{
    Starting,
    Connecting,
    WarmUp,
    Load,
    Checking,
    Done,
}

/// <summary>How far a run is, for whoever watches it from another thread.</summary>
internal sealed class RunProgress(Measurements measurements)
{
    private volatile State _state = new(RunPhase.Starting, TimeSpan.Zero, measurements.Time.GetTimestamp());

    public Measurements Measurements => measurements;

    public RunPhase Phase => _state.Phase;

    /// <summary>How long the phase is to take; zero if nobody knows.</summary>
    public TimeSpan Length => _state.Length;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => measurements.Time.GetElapsedTime(_state.Since);

    public void Enter(RunPhase phase, TimeSpan length = default) => _state = new State(phase, length, measurements.Time.GetTimestamp());

    private sealed record State(RunPhase Phase, TimeSpan Length, long Since);
}
