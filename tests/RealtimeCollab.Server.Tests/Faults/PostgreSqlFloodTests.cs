using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>PostgreSQL crashes under a server that clients flood, and comes back; the server is never restarted.</summary>
public sealed class PostgreSqlFloodTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task PostgreSql_AwayLongerThanSubmissionsWait_RefusesThemAndLosesNothing()
    {
        await using var app = await StartAsync(patience: TimeSpan.FromMilliseconds(200));
        await using var flood = await app.FloodAsync(Flood.ChooseSeed());
        flood.Begin();
        await flood.Told.AcknowledgedAsync(more: 200);

        await server.StopAsync();
        await flood.Told.RefusedAsync(more: 2 * flood.Typists.Count);
        await server.StartAsync();

        await AssertHealedAsync(app, flood);
    }

    [Fact]
    public async Task PostgreSql_RestartedWhileSubmissionsWait_LosesNothing()
    {
        await using var app = await StartAsync(patience: Patience.Limit);
        await using var flood = await app.FloodAsync(Flood.ChooseSeed());
        flood.Begin();
        await flood.Told.AcknowledgedAsync(more: 200);

        await server.StopAsync();
        await server.StartAsync();

        await AssertHealedAsync(app, flood);
    }

    private static async Task AssertHealedAsync(TestApp app, Flood flood)
    {
        await flood.Told.AcknowledgedAsync(more: 200);
        await flood.EndAsync();
        Assert.Empty(flood.Told.OtherRefusals);
        await new FloodAudit(flood, "PostgreSQL is back").AssertConvergedAsync(app.Services.GetRequiredService<IOperationLog>());
    }

    private async Task<TestApp> StartAsync(TimeSpan patience)
    {
        var database = await server.CreateDatabaseAsync();
        return await TestApp.StartAsync(FloodedApp.Options(
            (services, _) => services.AddPostgreSqlStorage(database), new SessionOptions { StorePatience = patience }));
    }
}
