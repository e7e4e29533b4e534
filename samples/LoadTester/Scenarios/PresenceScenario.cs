using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>People change their status, and see the others'.</summary>
internal sealed class PresenceScenario(LoadContext context) : IScenario
{
    private readonly WatcherCrowd _crowd = new(context, context.Plan.Rate);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(cancellationToken);

    public Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken) => _crowd.TellAsync(duration, cancellationToken);

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckResult>>([_crowd.Check()]);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();
}
