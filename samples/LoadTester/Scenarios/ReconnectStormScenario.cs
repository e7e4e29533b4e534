using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>
/// All connections are cut at the same moment, and everyone types a letter before noticing. Recovered is who has connected again, joined again and
/// has that letter stored.
/// </summary>
internal sealed class ReconnectStormScenario(LoadContext context) : IScenario
{
    private readonly EditorCrowd _crowd = new(context);

    public Task ConnectAsync(CancellationToken cancellationToken) => _crowd.ConnectAsync(cancellationToken);

    public Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken) => Storms.RunAsync(
        context.Measurements.Time,
        duration,
        context.Plan.Every,
        storm => Task.WhenAll(_crowd.Editors.Select(editor => RecoverAsync(editor, storm, cancellationToken))),
        cancellationToken);

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken) => _crowd.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => _crowd.DisposeAsync();

    private async Task RecoverAsync(Editor editor, long storm, CancellationToken cancellationToken)
    {
        await Task.Yield();
        editor.Cut();
        editor.Type(storm);
        try
        {
            await editor.Document!.WaitUntilSynchronizedAsync(0, cancellationToken).WaitAsync(context.Plan.Patience, context.Measurements.Time, cancellationToken);
            context.Measurements.Record(LatencyKind.Recovered, storm);
            context.Measurements.Count(CountName.Recoveries);
        }
        catch (Exception error) when (error is TimeoutException or CollabClientException)
        {
            // the check at the end names the client, if it stays away
            context.Measurements.Errors.Count(ErrorCounts.NotRecovered);
        }
    }
}
