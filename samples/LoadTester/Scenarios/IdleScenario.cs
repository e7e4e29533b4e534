using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>Connections that have joined a document and say nothing but that they are there: what a connection costs.</summary>
internal sealed class IdleScenario(LoadContext context) : IScenario
{
    private readonly LightClient[] _clients =
        [.. Enumerable.Range(0, context.Plan.AllClients).Select(number => new LightClient(context.Client(number), context.Deployment))];

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var next = 0;
        await context.Schedule.RunAsync(
            OpenLoopSchedule.Even(_clients.Length, context.Plan.Ramp),
            due => ComeAsync(next++, due, cancellationToken),
            cancellationToken);
    }

    public Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(duration, context.Measurements.Time, cancellationToken);

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        var lost = _clients.Count(client => !client.IsConnected);
        return Task.FromResult<IReadOnlyList<CheckResult>>(
        [
            CheckResult.Of("Connections", $"All {_clients.Length} are still there.", lost == 0 ? [] : [$"{lost} of {_clients.Length} connections are gone."]),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_clients.Select(client => client.DisposeAsync().AsTask()));
    }

    private async Task ComeAsync(int number, long due, CancellationToken cancellationToken)
    {
        var documentId = context.DocumentId(number % context.Plan.Documents);
        try
        {
            await _clients[number].ComeAsync(documentId, cancellationToken);
            context.Measurements.Count(CountName.Joins);
            context.Measurements.Record(LatencyKind.Joined, due);
        }
        catch (Exception error) when (error is not (OperationCanceledException or LoadException))
        {
            throw LoadException.CannotJoin(documentId, error as CollabClientException ?? new CollabClientException(CollabClientException.ConnectionLost, error.Message, error));
        }
    }
}
