using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>Everybody edits in one way from the beginning to the end.</summary>
/// <param name="context">Where, and how much.</param>
/// <param name="work">What they do for a time.</param>
internal sealed class EditorScenario(LoadContext context, Func<EditorCrowd, TimeSpan, CancellationToken, Task> work) : IScenario
{
    private readonly EditorCrowd _crowd = new(context);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(cancellationToken);

    public async Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await work(_crowd, duration, cancellationToken);
        await _crowd.SettleAsync(cancellationToken);
    }

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => _crowd.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();
}
