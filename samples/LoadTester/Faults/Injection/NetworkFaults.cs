using System.Globalization;
using RealtimeCollab.LocalServers;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>Everything between people and nodes takes longer.</summary>
internal sealed class NetworkDelayed(TimeSpan delay, TimeSpan length) : IFault
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"network delays by {delay.TotalMilliseconds} ms");

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        foreach (var node in site.Cluster.Nodes)
            node.Network.Latency = delay;
        await FaultSite.HoldAsync(length, cancellationToken);
        foreach (var node in site.Cluster.Nodes)
            node.Network.Latency = TimeSpan.Zero;
    }
}

/// <summary>All connections of people are cut, again and again.</summary>
internal sealed class NetworkCut(int times, TimeSpan between) : IFault
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"network cuts everybody, {times} times");

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        for (var cut = 0; cut < times; cut++)
        {
            foreach (var node in site.Cluster.Nodes)
                node.Network.Cut();
            await FaultSite.HoldAsync(between, cancellationToken);
        }
    }
}

/// <summary>Connections look open, and nothing gets through: to one node, or between all nodes and Redis.</summary>
internal sealed class NetworkHalfOpen(string name, Func<FaultSite, CuttingProxy> find, TimeSpan length) : IFault
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{name} half-open for {length.TotalSeconds} s");

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var network = find(site);
        network.IsStalled = true;
        await FaultSite.HoldAsync(length, cancellationToken);
        network.IsStalled = false;
    }
}
