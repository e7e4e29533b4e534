using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Pacing;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>
/// Typing for hours: connections are cut one by one at random moments, and again and again everybody stops, and all documents are compared. It ends
/// early when they differ.
/// </summary>
internal sealed class SoakScenario(LoadContext context) : IScenario
{
    /// <summary>Of all clients, so many are cut between two checks.</summary>
    private const double CutsPerCheck = 0.2;

    private readonly EditorCrowd _crowd = new(context);
    private readonly Random _chances = context.Chances(-1);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(cancellationToken);

    public async Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        for (var left = duration; left > TimeSpan.Zero; left -= context.Plan.Every)
        {
            var stretch = left < context.Plan.Every ? left : context.Plan.Every;
            await Task.WhenAll(_crowd.TypeAsync(stretch, cancellationToken), CutAsync(stretch, cancellationToken));
            if (!await _crowd.SettleAsync(cancellationToken))
                return;
        }
    }

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => _crowd.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();

    private Task CutAsync(TimeSpan stretch, CancellationToken cancellationToken) => context.Schedule.RunAsync(
        OpenLoopSchedule.Irregular(_crowd.Editors.Count * CutsPerCheck / context.Plan.Every.TotalSeconds, stretch, _chances),
        _ =>
        {
            _crowd.Editors[_chances.Next(_crowd.Editors.Count)].Cut();
            return Task.CompletedTask;
        },
        cancellationToken);
}
