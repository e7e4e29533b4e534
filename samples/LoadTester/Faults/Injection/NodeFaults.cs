using System.Globalization;
using RealtimeCollab.LoadTester.Faults.Cluster;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>A node dies (SIGKILL), and comes back after a while.</summary>
internal sealed class NodeKilled(int index, TimeSpan down) : IFault
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"kill -9 of node {index + 1}");

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var node = site.Cluster.Nodes[index];
        await node.KillAsync();
        await FaultSite.HoldAsync(down, cancellationToken);
        await node.RestartAsync();
    }
}

/// <summary>A node stands still (SIGSTOP), as a machine does that swaps or migrates, and goes on.</summary>
internal sealed class NodePaused(int index, TimeSpan pause) : IFault
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"SIGSTOP of node {index + 1} for {pause.TotalSeconds} s");

    public Task InjectAsync(FaultSite site, CancellationToken cancellationToken) =>
        WhilePausedAsync(site.Cluster.Nodes[index], () => FaultSite.HoldAsync(pause, cancellationToken));

    /// <summary>It goes on whatever happens meanwhile.</summary>
    public static async Task WhilePausedAsync(Node node, Func<Task> meanwhile)
    {
        await node.PauseAsync();
        try
        {
            await meanwhile();
        }
        finally
        {
            await node.ResumeAsync();
        }
    }
}
