using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Testing;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace RealtimeCollab.Storage.Tests;

public sealed class PostgreSqlFixture(PostgreSqlServer server) : StoreFixture
{
    private string _connectionString = string.Empty;

    protected override string? Missing => server.Missing;

    public override async ValueTask InitializeAsync()
    {
        if (server.Missing is not null)
            return;

        _connectionString = await server.CreateDatabaseAsync();
        await base.InitializeAsync();
    }

    protected override void Register(IServiceCollection services) => services.AddPostgreSqlStorage(_connectionString);
}
