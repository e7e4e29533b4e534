namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>The servers of one contestant, which are one to their users.</summary>
internal sealed class MeasuredNodes(IReadOnlyList<MeasuredServer> servers) : IDisposable
{
    public int Count => servers.Count;

    /// <summary>Of all together.</summary>
    public TimeSpan ProcessorTime => servers.Aggregate(TimeSpan.Zero, static (sum, server) => sum + server.ProcessorTime);

    /// <summary>Of all together, in bytes.</summary>
    public long ResidentMemory => servers.Sum(static server => server.ResidentMemory);

    public MeasuredServer this[int node] => servers[node];

    public void Dispose()
    {
        foreach (var server in servers)
            server.Dispose();
    }
}
