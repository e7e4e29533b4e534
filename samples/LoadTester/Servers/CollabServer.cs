using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.LoadTester.Servers;

/// <summary>The library in an application of its own, with SQLite, for a child process that may be killed.</summary>
internal static class CollabServer
{
    public const string DatabaseFile = "collab.db";

    /// <param name="data">The folder of the database and of the key that tokens are signed with.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="operationsPerSecond">What one connection may submit; 0 for no limit.</param>
    public static WebApplication Build(DirectoryInfo data, int port, int operationsPerSecond)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = Environments.Development,
            ContentRootPath = data.FullName,
        });
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSqliteStorage($"Data Source={Path.Combine(data.FullName, DatabaseFile)}");
        builder.AddRealtimeCollab(options =>
        {
            options.Access.DefaultRole = DocumentRole.Editor;
            options.Limits = options.Limits with { OperationsPerSecond = operationsPerSecond };
        });

        var app = builder.Build();
        app.MapRealtimeCollab();
        return app;
    }
}
