using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>People type at a pace of their own, whatever the server does.</summary>
internal sealed class TypingScenario(LoadContext context) : IScenario
{
    private readonly EditorCrowd _crowd = new(context);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(cancellationToken);

    public async Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await _crowd.TypeAsync(duration, cancellationToken);
        await _crowd.SettleAsync(cancellationToken);
    }

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => _crowd.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();
}
