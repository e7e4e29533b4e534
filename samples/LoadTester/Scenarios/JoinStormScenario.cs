using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Pacing;

namespace RealtimeCollab.LoadTester.Scenarios;

/// <summary>
/// All clients connect and open their documents at the same moment, look at the text, and go again: the morning, or the minute after a deployment.
/// Everyone must find the text that is there.
/// </summary>
internal sealed class JoinStormScenario(LoadContext context) : IScenario
{
    private const int DocumentLength = 20_000;

    private readonly Editor[] _hosts =
    [
        .. Enumerable.Range(0, context.Plan.Documents).Select(number => new Editor(
            context.Client(number), context.DocumentId(number), new EditFlights(context.Measurements), context.Deployment, context.Chances(number))),
    ];

    private readonly List<string> _violations = [];

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_hosts.Select(host => host.ComeAsync(Typist.Text(DocumentLength), cancellationToken)));
        }
        catch (CollabClientException refusal)
        {
            throw LoadException.CannotJoin("the documents", refusal);
        }
    }

    public Task LoadAsync(TimeSpan duration, CancellationToken cancellationToken) => Storms.RunAsync(
        context.Measurements.Time,
        duration,
        context.Plan.Every,
        storm => Task.WhenAll(Enumerable.Range(0, context.Plan.AllClients).Select(number => JoinAsync(number, storm, cancellationToken))),
        cancellationToken);

    public Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        lock (_violations)
            return Task.FromResult<IReadOnlyList<CheckResult>>([CheckResult.Of("Content", "Everyone who came found the whole text.", [.. _violations])]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    /// <param name="number">Which client.</param>
    /// <param name="due">When the storm began.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task JoinAsync(int number, long due, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var host = _hosts[number % _hosts.Length];
        var wire = new Wire("document", context.Client(_hosts.Length + number), context.Deployment);
        await using var client = new CollabClient(wire.Connection);
        try
        {
            await client.StartAsync(cancellationToken);
            await using var document = await client.OpenAsync(host.DocumentId, options: null, cancellationToken);
            context.Measurements.Count(CountName.Joins);
            context.Measurements.Record(LatencyKind.Joined, due);
            if (document.Text != host.Document!.Text)
                Violated($"{host.DocumentId}: a client found {document.Length} code units at revision {document.Revision}, of {host.Document.Length}.");
        }
        catch (CollabClientException refusal)
        {
            context.Measurements.Errors.CountCaught(refusal);
            Violated($"{host.DocumentId}: a client could not join ({refusal.Code}).");
        }
    }

    private void Violated(string sentence)
    {
        lock (_violations)
            _violations.Add(sentence);
    }
}
