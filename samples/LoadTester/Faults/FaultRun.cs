using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Faults.Checking;
using RealtimeCollab.LoadTester.Faults.Cluster;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.LoadTester.Faults.Injection;
using RealtimeCollab.LoadTester.Faults.Reports;
using RealtimeCollab.LoadTester.Faults.Traffic;
using RealtimeCollab.LocalServers;

namespace RealtimeCollab.LoadTester.Faults;

/// <summary>People write and talk on a cluster, which is made to fail; then what happened is compared with what there is.</summary>
internal sealed class FaultRun(FaultRunOptions options, Action<string> tell)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _runId = RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>What happens, while it does.</summary>
    public RunRecorder Recorder { get; } = new();

    /// <exception cref="LoadException">Redis or PostgreSQL is not installed here, or the nodes give out no tokens.</exception>
    public async Task<FaultReport> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Nodes.Count == 0)
            return await RunHereAsync(cancellationToken);
        using var tokens = new AccessTokens(options.Nodes[0], options.Tokens);
        return await RunAsync(
            new NodeAddresses(options.Nodes, (number, cancellation) => tokens.GetAsync(new ClientIdentity(number, _runId), cancellation)), cluster: null, cancellationToken);
    }

    private async Task<FaultReport> RunHereAsync(CancellationToken cancellationToken)
    {
        tell("PostgreSQL, Redis and three nodes start");
        try
        {
            await using var cluster = await LocalCluster.StartAsync();
            var nodes = cluster.Nodes.Select(node => node.Network.Address).ToList();
            return await RunAsync(new NodeAddresses(nodes, cluster.CreateToken), cluster, cancellationToken);
        }
        catch (ServerMissingException missing)
        {
            throw new LoadException(missing.Message, missing);
        }
    }

    private async Task<FaultReport> RunAsync(NodeAddresses nodes, LocalCluster? cluster, CancellationToken cancellationToken)
    {
        tell("people arrive");
        string[] documentIds = [.. Enumerable.Range(1, options.Documents).Select(number => string.Create(CultureInfo.InvariantCulture, $"faults-{_runId}-{number}"))];
        await using var crowd = await Crowd.GatherAsync(
            nodes, Recorder, new CrowdOptions(options.Clients, documentIds, options.Rate, options.Seed), cancellationToken);
        var begin = Stopwatch.GetTimestamp();
        crowd.Begin();
        var outcomes = await DisturbAsync(nodes, cluster, crowd, documentIds[0], cancellationToken);
        var lasted = Stopwatch.GetElapsedTime(begin);
        tell("everybody comes to rest");
        var violations = outcomes.Where(outcome => outcome.Recovery is null)
            .Select(outcome => new Violation(ViolationKind.NotRecovered, outcome.Fault, "not everybody wrote and saw others write again")).ToList();
        if (await TrySettleAsync(crowd, cancellationToken))
        {
            tell("what happened is compared with what there is");
            violations.AddRange(HistoryChecker.Check(Recorder.ToHistory(), await new FinalStateReader(nodes, crowd).ReadAsync(cancellationToken)));
        }
        else
        {
            violations.Add(new Violation(ViolationKind.NotRecovered, "the end", "not everybody came to rest"));
        }

        return FaultReport.Create(options, lasted, Recorder, outcomes, violations);
    }

    private async Task<IReadOnlyList<FaultOutcome>> DisturbAsync(
        NodeAddresses nodes, LocalCluster? cluster, Crowd crowd, string documentId, CancellationToken cancellationToken)
    {
        if (cluster is null)
        {
            tell("everybody writes");
            await FaultSite.HoldAsync(options.Duration, cancellationToken);
            return [];
        }

        var site = new FaultSite(cluster, nodes, Recorder, documentId);
        return await new FaultSchedule(site, crowd, FaultCatalog.Create(options.IsShort), tell).RunAsync(options.Duration, cancellationToken);
    }

    private async Task<bool> TrySettleAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await crowd.SettleAsync(either.Token);
            while (!crowd.People.All(person => Recorder.Room(person.Document.Id).HasSeenAll(person.Name)))
                await Task.Delay(Look, TimeProvider.System, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
