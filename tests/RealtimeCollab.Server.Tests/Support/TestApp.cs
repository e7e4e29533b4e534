using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>The server in an application as a user would write it, on a port of its own, with sockets that are real.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _root;

    private TestApp(WebApplication app, DirectoryInfo root, LogCollector logs)
    {
        (_app, _root, Logs) = (app, root, logs);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public LogCollector Logs { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => Http.BaseAddress!;

    public static async Task<TestApp> StartAsync(TestAppOptions? options = null)
    {
        options ??= new TestAppOptions();
        var root = options.Root ?? Directory.CreateTempSubdirectory("collab-test-");
        var logs = new LogCollector();
        WebApplication? app = null;
        try
        {
            app = Build(options, root, logs);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new TestApp(app, root, logs);
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            if (options.Root is null)
                root.Delete(recursive: true);
            throw;
        }
    }

    public async Task<string> GetTokenAsync(string userId, string? userName = null, string? role = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var response = await Http.PostAsJsonAsync("/dev/token", new { userId, userName = userName ?? userId, role }, cancellation);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        return (string)answer!["token"]!;
    }

    /// <summary>A connection of a user to a hub, welcomed.</summary>
    public async Task<RawHubClient> ConnectAsync(string userId, string? query = null, string hub = "document")
    {
        var client = await RawHubClient.ConnectAsync(Address, await GetTokenAsync(userId), query, hub: hub);
        await client.NextAsync("Welcome");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _root.Delete(recursive: true);
    }

    /// <summary>Stops the server, and keeps what it logged for those who ask.</summary>
    public Task StopServerAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops the server and keeps its files.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(TestAppOptions options, DirectoryInfo root, LogCollector logs)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = options.Environment,
            ContentRootPath = root.FullName,
            // a watcher for each app would soon be more than the system allows
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseUrls(options.Url);
        builder.Configuration.AddInMemoryCollection(options.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        options.ConfigureServices(builder.Services);
        if (options.Time is { } time)
            builder.Services.AddSingleton(time);
        options.Storage(builder.Services, root);
        builder.AddRealtimeCollab(options.Configure);
        var app = builder.Build();
        app.MapRealtimeCollab();
        return app;
    }
}

/// <summary>How a <see cref="TestApp"/> differs from the usual.</summary>
internal sealed record TestAppOptions
{
    public string Environment { get; init; } = Environments.Development;

    public string Url { get; init; } = "http://127.0.0.1:0";

    public IReadOnlyDictionary<string, string> Settings { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Access:DefaultRole"] = "editor" };

    public Action<RealtimeCollabOptions>? Configure { get; init; }

    public Action<IServiceCollection> ConfigureServices { get; init; } = _ => { };

    public Action<IServiceCollection, DirectoryInfo> Storage { get; init; } = (services, _) => services.AddMemoryStorage();

    public TimeProvider? Time { get; init; }

    public DirectoryInfo? Root { get; init; }
}
