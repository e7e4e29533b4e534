namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>All that goes wrong in a run, in this order, and again from the beginning while there is time.</summary>
internal static class FaultCatalog
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    /// <param name="isShort">Pauses and half-open connections end before the other side gives them up: for a run that has little time.</param>
    public static IReadOnlyList<IFault> Create(bool isShort)
    {
        var (pause, halfOpen, away) = isShort ? (4, 4, 4) : (15, 20, 12);
        return
        [
            new NodeKilled(0, Down),
            new RedisStopped(Down),
            new NodeKilled(1, Down),
            new RedisKilled(Down),
            new NodeKilled(2, Down),
            new RedisKilled(TimeSpan.Zero, Visitors.VisitAsync),
            new PostgreSqlRestarted(Down),
            new NodePaused(1, TimeSpan.FromSeconds(pause)),
            new NetworkDelayed(Delay, TimeSpan.FromSeconds(away)),
            new NetworkCut(times: 3, TimeSpan.FromSeconds(1)),
            new NetworkHalfOpen("network to a node", site => site.Cluster.Nodes[2].Network, TimeSpan.FromSeconds(halfOpen)),
            new NetworkHalfOpen("network to Redis", site => site.Cluster.RedisNetwork, TimeSpan.FromSeconds(away)),
            new NodeLeftBehind(0),
        ];
    }
}
