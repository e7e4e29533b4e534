using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>Everybody types the next letter as soon as the last one is stored: how much the server can take.</summary>
internal sealed class FloodScenario(LoadContext context) : IScenario
{
    private readonly EditorCrowd _crowd = new(context);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(cancellationToken);

    public async Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await _crowd.FloodAsync(duration, cancellationToken);
        await _crowd.SettleAsync(cancellationToken);
    }

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => _crowd.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();
}
