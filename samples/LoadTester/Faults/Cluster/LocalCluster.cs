using System.Globalization;
using RealtimeCollab.LocalServers;

namespace RealtimeCollab.LoadTester.Faults.Cluster;

/// <summary>Three nodes with a PostgreSQL and a Redis of their own, all on this machine, which a fault may hit.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private const int NodeCount = 3;

    /// <summary>History of so many revisions is kept, so that a node can be left behind by compaction.</summary>
    private const int HistoryHorizon = 500;

    private readonly string _signingKey = $"{Guid.NewGuid():N}{Guid.NewGuid():N}";
    private readonly List<Node> _nodes = [];

    public PostgreSqlProcess PostgreSql { get; } = new();

    public RedisProcess Redis { get; } = new();

    /// <summary>The way of the nodes to Redis.</summary>
    public CuttingProxy RedisNetwork { get; private set; } = null!;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Starts everything.</summary>
    /// <exception cref="ServerMissingException">A program is not installed.</exception>
    public static async Task<LocalCluster> StartAsync()
    {
        var cluster = new LocalCluster();
        try
        {
            await cluster.StartAllAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A token of a user of this number.</summary>
    public ValueTask<string?> CreateToken(int number, CancellationToken cancellationToken) =>
        new(SignedTokens.Create(string.Create(CultureInfo.InvariantCulture, $"load-{number}"), _signingKey));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (RedisNetwork is not null)
            await RedisNetwork.DisposeAsync();
        Redis.Dispose();
        await PostgreSql.DisposeAsync();
    }

    private async Task StartAllAsync()
    {
        await Task.WhenAll(PostgreSql.InitializeAsync(), Redis.StartAsync());
        RedisNetwork = new CuttingProxy(new Uri($"tcp://{Redis.ConnectionString}"));
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["RealtimeCollab__Auth__SigningKey"] = _signingKey,
            ["RealtimeCollab__Access__DefaultRole"] = "editor",
            ["RealtimeCollab__Storage__Provider"] = "postgresql",
            ["RealtimeCollab__Storage__ConnectionString"] = await PostgreSql.CreateDatabaseAsync(),
            ["RealtimeCollab__Redis__ConnectionString"] = RedisNetwork.Address.Authority,
            ["RealtimeCollab__Limits__OperationsPerSecond"] = "0",
            ["RealtimeCollab__Limits__OperationsPerSecondPerUser"] = "0",
            ["RealtimeCollab__Limits__RequestsPerSecondPerUser"] = "0",
            ["RealtimeCollab__Limits__HistoryHorizon"] = HistoryHorizon.ToString(CultureInfo.InvariantCulture),
        };
        // at once: that two nodes migrate a new database together is a part of the test
        var starting = Enumerable.Range(1, NodeCount).Select(number => Node.StartAsync(number, settings)).ToList();
        await ((Task)Task.WhenAll(starting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // those that did start are to be ended if another did not
        _nodes.AddRange(starting.Where(node => node.IsCompletedSuccessfully).Select(node => node.Result));
        await Task.WhenAll(starting);
    }
}
