using RealtimeCollab.LoadTester.Checks;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>One kind of load. The calls come in this order; the second one twice if there is a warm-up.</summary>
internal interface IScenario : IAsyncDisposable
{
    /// <summary>Brings the clients in, over the plan's ramp.</summary>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Puts the load on for a time, and returns when what was begun has ended.</summary>
    Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Looks whether everybody ended up with the same, and with all of it.</summary>
    Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken);
}
