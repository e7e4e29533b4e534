using RealtimeCollab.LoadTester.Servers;

namespace RealtimeCollab.LoadTester.Tests.Scenarios;

/// <summary>A real server in a process of its own, for all runs of a test class.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private ServerProcess? _server;

    public Uri Address => _server!.Address;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(operationsPerSecond: 0, CancellationToken.None);

    public Task<string> GetTokenAsync(string userId) => _server!.GetTokenAsync(userId, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();
}
