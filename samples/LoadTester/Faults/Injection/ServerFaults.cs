using RealtimeCollab.LocalServers;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>Redis is stopped in good order (SIGTERM), and started again, empty.</summary>
internal sealed class RedisStopped(TimeSpan down) : IFault
{
    public string Name => "Redis stopped and started";

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await site.Cluster.Redis.StopAsync();
        await FaultSite.HoldAsync(down, cancellationToken);
        await site.Cluster.Redis.StartAsync();
    }
}

/// <summary>Redis dies (SIGKILL), and is started again, empty. Meanwhile people come, who have to get in and to be able to write.</summary>
internal sealed class RedisKilled(TimeSpan down, Func<FaultSite, CancellationToken, Task>? meanwhile = null) : IFault
{
    public string Name => meanwhile is null ? "kill -9 of Redis" : "people come while Redis is down";

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        site.Cluster.Redis.Kill();
        await FaultSite.HoldAsync(down, cancellationToken);
        if (meanwhile is not null)
            await meanwhile(site, cancellationToken);
        await site.Cluster.Redis.StartAsync();
    }
}

/// <summary>PostgreSQL dies, and recovers from its log when it is started again.</summary>
internal sealed class PostgreSqlRestarted(TimeSpan down) : IFault
{
    public string Name => "PostgreSQL stopped at once and started";

    public async Task InjectAsync(FaultSite site, CancellationToken cancellationToken)
    {
        PostgreSqlProcess server = site.Cluster.PostgreSql;
        await server.StopAsync();
        await FaultSite.HoldAsync(down, cancellationToken);
        await server.StartAsync();
    }
}
