using RealtimeCollab.LocalServers;
using Xunit;

namespace RealtimeCollab.Testing;

/// <summary>
/// A Redis server of the tests' own. Where Redis is not installed, tests that ask for it are skipped with the reason; on a build machine (CI=true)
/// they fail.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private readonly RedisProcess _process = new();

    /// <summary>Why there is none.</summary>
    public string? Missing { get; } = RedisProcess.FindMissing();

    /// <summary>Its address; skips the test if there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);
            return _process.ConnectionString;
        }
    }

    public async ValueTask InitializeAsync()
    {
        BuildMachine.RequireInstalled(Missing);
        if (Missing is null)
            await _process.StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="RedisProcess.StartAsync"/>
    public Task StartAsync() => _process.StartAsync();

    /// <inheritdoc cref="RedisProcess.Kill"/>
    public void Kill() => _process.Kill();
}
