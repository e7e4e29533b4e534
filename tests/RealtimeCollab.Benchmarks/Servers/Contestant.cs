using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Benchmarks.Load;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>A server that takes part, and how one starts it and connects to it.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Storage">The Host's provider and connection string; null for the relay.</param>
internal sealed record Contestant(string Name, (string Provider, string ConnectionString)? Storage)
{
    /// <summary>The switches of the Host's project file (docs/decisions/0006).</summary>
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_TC_QuickJit"] = "0",
        ["DOTNET_TC_CallCountingDelayMs"] = "0",
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
    };

    /// <summary>A bare SignalR hub that passes edits on.</summary>
    public static Contestant Relay { get; } = new("SignalR relay, stores nothing", Storage: null);

    /// <summary>The same with the Host's runtime switches.</summary>
    public static Contestant TunedRelay { get; } = new("SignalR relay with our Host's switches", Storage: null) { IsTuned = true };

    public static Contestant Memory { get; } = new("RealtimeCollab, memory", ("memory", string.Empty));

    /// <summary>How many servers share the work, through a Redis where there is one.</summary>
    public int Nodes { get; init; } = 1;

    public string? Redis { get; init; }

    private bool IsTuned { get; init; }

    public bool IsRelay => Storage is null;

    public static Contestant Sqlite(string path) => new("RealtimeCollab, SQLite at FULL sync", ("sqlite", $"Data Source={path}"));

    public static Contestant PostgreSql(string connectionString) => new("RealtimeCollab, PostgreSQL", ("postgresql", connectionString));

    public async Task<MeasuredNodes> StartAsync()
    {
        var servers = new List<MeasuredServer>();
        while (servers.Count < Nodes)
            servers.Add(await StartNodeAsync());
        return new MeasuredNodes(servers);
    }

    private Task<MeasuredServer> StartNodeAsync() => Storage is not { } storage
        ? MeasuredServer.StartAsync(typeof(Contestant).Assembly.Location, ["relay"], IsTuned ? Switches : [])
        : MeasuredServer.StartAsync(HostAssembly(), [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Logging__LogLevel__Default"] = "Warning",
            ["RealtimeCollab__Access__DefaultRole"] = "editor",
            ["RealtimeCollab__Auth__SigningKey"] = "a key that all nodes of a benchmark share",
            ["RealtimeCollab__Redis__ConnectionString"] = Redis ?? string.Empty,
            // the load of a run is the load's concern
            ["RealtimeCollab__Limits__OperationsPerSecond"] = "0",
            ["RealtimeCollab__Limits__ConnectionsPerAddress"] = "0",
            ["RealtimeCollab__Storage__Provider"] = storage.Provider,
            ["RealtimeCollab__Storage__ConnectionString"] = storage.ConnectionString,
        });

    /// <summary>Connects as a user of its own.</summary>
    public async Task<HubConnection> ConnectAsync(MeasuredServer server, int number)
    {
        var connection = new HubConnection();
        connection.Connect(server.Address, $"/hubs/document?clientId=w{number}&access_token={(IsRelay ? "none" : await GetTokenAsync(server, $"w{number}"))}");
        return connection;
    }

    private static async Task<string> GetTokenAsync(MeasuredServer server, string userId)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsJsonAsync("/dev/token", new { userId, userName = userId });
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
    }

    /// <summary>The Host is built beside this program (the project names it, without linking to it).</summary>
    private static string HostAssembly()
    {
        var directory = AppContext.BaseDirectory.Replace("RealtimeCollab.Benchmarks", "RealtimeCollab.Host", StringComparison.Ordinal);
        var assembly = Path.Combine(directory, "RealtimeCollab.Host.dll");
        return File.Exists(assembly) ? assembly : throw new InvalidOperationException($"{assembly} is missing: run ./build.sh build first.");
    }
}
