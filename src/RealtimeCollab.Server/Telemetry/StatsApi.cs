using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;

namespace RealtimeCollab.Server.Telemetry;

/// <summary>What <c>GET /api/stats</c> answers, of this node; counts since its start.</summary>
internal sealed record NodeStats
{
    public required string ServerId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ServerTime { get; init; }

    public required bool IsDraining { get; init; }

    /// <summary>By hub.</summary>
    public required IReadOnlyDictionary<string, long> Connections { get; init; }

    /// <summary>In memory, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Sessions { get; init; }

    public required long Users { get; init; }

    /// <summary>Event streams.</summary>
    public required long Followers { get; init; }

    /// <summary>By outcome.</summary>
    public required IReadOnlyDictionary<string, long> Submissions { get; init; }

    public required CommitStats Commits { get; init; }

    /// <summary>By code.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    public required long AppendConflicts { get; init; }

    public required long OutboxDepth { get; init; }

    public required long SlowConsumerCuts { get; init; }

    public required ProcessStats Process { get; init; }
}

/// <summary>From mailbox to commit, within the last minute.</summary>
internal sealed record CommitStats(long Count, double P50Milliseconds, double P99Milliseconds, double MaxMilliseconds);

/// <summary>The process: bytes in memory and in the managed heap, seconds of processors since its start.</summary>
internal sealed record ProcessStats(long MemoryBytes, long HeapBytes, double ProcessorSeconds, int Processors);

/// <summary>The node's numbers, for administrators.</summary>
internal sealed class StatsApi(NodeStatistics statistics, NodeState node, Welcome welcome, TimeProvider time)
{
    public const string Path = "/api/stats";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins) =>
        ApiGroup.MapForAdministrators(endpoints, origins, Path).MapGet("", (StatsApi api) => api.Get())
            .Describe<NodeStats>("getStats", "The node's numbers, for administrators.");

    private IResult Get()
    {
        var (count, milliseconds) = statistics.CommitDurations.Quantiles(0.5, 0.99, 1);
        return Results.Json(
            new NodeStats
            {
                ServerId = welcome.ServerId,
                StartedAt = node.StartedAt,
                ServerTime = time.GetUtcNow(),
                IsDraining = node.IsDraining,
                Connections = statistics.Read("realtimecollab.connections"),
                Sessions = statistics.Read("realtimecollab.sessions.open"),
                Followers = Single("realtimecollab.sse.followers"),
                Users = Single("realtimecollab.presence.users"),
                Submissions = statistics.Read("realtimecollab.submissions"),
                Commits = new CommitStats(count, milliseconds[0], milliseconds[1], milliseconds[2]),
                Refusals = statistics.Read("realtimecollab.refusals"),
                AppendConflicts = Single("realtimecollab.append.conflicts"),
                OutboxDepth = Single("realtimecollab.outbox.depth"),
                SlowConsumerCuts = Single("realtimecollab.slow_consumer.cuts"),
                Process = new ProcessStats(
                    Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), Environment.CpuUsage.TotalTime.TotalSeconds, Environment.ProcessorCount),
            },
            ProtocolJson.Options);
    }

    private long Single(string instrument) => statistics.Read(instrument).GetValueOrDefault("");
}
