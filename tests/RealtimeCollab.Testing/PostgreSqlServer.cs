using RealtimeCollab.LocalServers;
using Xunit;

namespace RealtimeCollab.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own. Where PostgreSQL is not installed, tests that ask for it are skipped with the reason; on a build machine
/// (CI=true) they fail.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly PostgreSqlProcess _process = new();

    public int Port => _process.Port;

    /// <summary>Why there is none.</summary>
    public string? Missing { get; } = PostgreSqlProcess.FindMissing();

    public async ValueTask InitializeAsync()
    {
        BuildMachine.RequireInstalled(Missing);
        if (Missing is null)
            await _process.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <inheritdoc cref="PostgreSqlProcess.StartAsync"/>
    public Task StartAsync() => _process.StartAsync();

    /// <inheritdoc cref="PostgreSqlProcess.StopAsync"/>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>The connection string of a new, empty database; skips the test if there is no server.</summary>
    public Task<string> CreateDatabaseAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);
        return _process.CreateDatabaseAsync();
    }
}
