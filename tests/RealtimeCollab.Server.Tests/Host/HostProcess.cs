using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Host;

/// <summary>The Host as operators start it, with SQLite in a folder of its own, which outlives the process.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("realtimecollab-host-");
    private readonly Dictionary<string, string> _environment;
    private ListeningProcess? _process;
    private bool _isProduction;

    private HostProcess(IReadOnlyDictionary<string, string> settings) => _environment = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["RealtimeCollab__Access__DefaultRole"] = "editor",
        ["RealtimeCollab__Storage__ConnectionString"] = ConnectionString,
        ["RealtimeCollab__Auth__DevelopmentKeyFile"] = Path.Combine(_data.FullName, "signing.key"),
    }.Concat(settings).GroupBy(setting => setting.Key, StringComparer.Ordinal).ToDictionary(setting => setting.Key, setting => setting.Last().Value, StringComparer.Ordinal);

    public string ConnectionString => $"Data Source={Path.Combine(_data.FullName, "collab.db")}";

    /// <summary>The same over restarts.</summary>
    public Uri Address { get; private set; } = null!;

    public string Output => _process!.Output;

    public static async Task<HostProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = new HostProcess(settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
        await host.StartAsync(port: 0);
        return host;
    }

    /// <summary>Outside the Development environment, with a key that the test has too.</summary>
    public static async Task<HostProcess> StartInProductionAsync(params (string Name, string Value)[] settings)
    {
        var host = await StartAsync([("ASPNETCORE_ENVIRONMENT", "Production"), ("RealtimeCollab__Auth__SigningKey", SignedTokens.Key), .. settings]);
        host._isProduction = true;
        return host;
    }

    public Task RestartAsync() => StartAsync(Address.Port);

    public Task<(int ExitCode, TimeSpan Duration)> TerminateAsync() => _process!.TerminateAsync();

    public async Task<string> GetTokenAsync(string userId, string? role = null)
    {
        if (_isProduction)
            return SignedTokens.Create(userId, role);
        var cancellation = TestContext.Current.CancellationToken;
        using var http = new HttpClient { BaseAddress = Address };
        using var response = await http.PostAsJsonAsync("/dev/token", new { userId, userName = userId, role }, cancellation);
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>(cancellation))!["token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task StartAsync(int port)
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = await ListeningProcess.StartAsync(
            "RealtimeCollab.Host", ["--contentRoot", _data.FullName, "--urls", $"http://127.0.0.1:{port}"], _environment);
        Address = _process.Address;
    }
}
