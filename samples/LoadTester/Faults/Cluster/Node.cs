using System.Globalization;
using RealtimeCollab.LocalServers;

namespace RealtimeCollab.LoadTester.Faults.Cluster;

/// <summary>A Host of the cluster, with a proxy before it through which people come. Both have the same addresses over restarts.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> _settings;
    private ListeningProcess? _process;

    private Node(int number, IReadOnlyDictionary<string, string> settings) => (Number, _settings) = (number, settings);

    /// <summary>From 1 on.</summary>
    public int Number { get; }

    /// <summary>The way of people to it.</summary>
    public CuttingProxy Network { get; private set; } = null!;

    /// <summary>Itself, without the proxy.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<Node> StartAsync(int number, IReadOnlyDictionary<string, string> settings)
    {
        var node = new Node(number, settings);
        await node.StartAsync(port: 0);
        node.Network = new CuttingProxy(node.Address);
        return node;
    }

    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
            await process.DisposeAsync();
    }

    public Task RestartAsync() => StartAsync(Address.Port);

    public Task PauseAsync() => _process!.PauseAsync();

    public Task ResumeAsync() => _process!.ResumeAsync();

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Network.DisposeAsync();
    }

    private async Task StartAsync(int port)
    {
        _process = await ListeningProcess.StartAsync(
            "RealtimeCollab.Host", ["--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")], _settings);
        Address = _process.Address;
    }
}
