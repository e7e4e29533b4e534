using System.Diagnostics;
using RealtimeCollab.Benchmarks.Load;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>One crowd at one fresh server.</summary>
internal static class Run
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    /// <param name="contestant">The server.</param>
    /// <param name="shape">Documents and their writers.</param>
    /// <param name="work">What the crowd does for a time.</param>
    /// <param name="seconds">How long it is measured, after a warm-up.</param>
    public static async Task<RunResult> MeasureAsync(Contestant contestant, Shape shape, Action<Crowd, TimeSpan> work, int seconds)
    {
        using var servers = await contestant.StartAsync();
        var measurements = new Measurements();
        using var crowd = new Crowd(await GatherAsync(contestant, servers, shape, measurements));
        work(crowd, WarmUp);

        measurements.IsCounting = true;
        using var ourselves = Process.GetCurrentProcess();
        var (serverBefore, oursBefore, start) = (servers.ProcessorTime, ourselves.TotalProcessorTime, Stopwatch.GetTimestamp());
        work(crowd, TimeSpan.FromSeconds(seconds));
        var elapsed = Stopwatch.GetElapsedTime(start);
        ourselves.Refresh();
        return new RunResult
        {
            EditsPerSecond = measurements.Commits / elapsed.TotalSeconds,
            ServerMicrosecondsPerEdit = (servers.ProcessorTime - serverBefore).TotalMicroseconds / measurements.Commits,
            ServerLoad = (servers.ProcessorTime - serverBefore) / elapsed,
            GeneratorLoad = (ourselves.TotalProcessorTime - oursBefore) / elapsed,
            OperationsPerBatch = measurements.OperationsPerBatch,
            CommitP50 = measurements.CommitLatency(0.50),
            CommitP99 = measurements.CommitLatency(0.99),
            OthersP50 = measurements.DeliveryLatency(0.50),
            OthersP95 = measurements.DeliveryLatency(0.95),
            OthersP99 = measurements.DeliveryLatency(0.99),
            ServerMicrosecondsPerDelivery = (servers.ProcessorTime - serverBefore).TotalMicroseconds / Math.Max(1, measurements.Deliveries),
            CrossingP50 = measurements.CrossingLatency(0.50),
            CrossingP99 = measurements.CrossingLatency(0.99),
        };
    }

    /// <summary>Connects the writers of all documents.</summary>
    public static async Task<Writer[]> GatherAsync(Contestant contestant, MeasuredNodes servers, Shape shape, Measurements measurements)
    {
        var writers = new Writer[shape.Documents * shape.Writers];
        for (var number = 0; number < writers.Length; number++)
        {
            var documentId = $"document-{number % shape.Documents}";
            // the writers of each document are spread over all nodes
            var node = number / shape.Documents % servers.Count;
            var connection = await contestant.ConnectAsync(servers[node], number);
            connection.Invoke("StartEditing", $"{{\"documentId\":\"{documentId}\"}}");
            writers[number] = new Writer(number, documentId, connection, measurements)
            {
                Node = node,
                ExpectsEcho = !contestant.IsRelay,
                IsListening = number / shape.Documents < shape.Listeners,
            };
        }

        return writers;
    }
}

/// <param name="Documents">How many documents.</param>
/// <param name="Writers">Writers of each.</param>
/// <param name="Listeners">Those of them who read all that comes and measure it; the others only drain their sockets.</param>
internal readonly record struct Shape(int Documents, int Writers, int Listeners);

/// <summary>Figures of one run; latencies in milliseconds, loads in cores.</summary>
internal sealed record RunResult
{
    public required double EditsPerSecond { get; init; }

    public required double ServerMicrosecondsPerEdit { get; init; }

    public required double ServerLoad { get; init; }

    public required double GeneratorLoad { get; init; }

    public required double OperationsPerBatch { get; init; }

    public required double CommitP50 { get; init; }

    public required double CommitP99 { get; init; }

    public required double OthersP50 { get; init; }

    public required double OthersP95 { get; init; }

    public required double OthersP99 { get; init; }

    public required double ServerMicrosecondsPerDelivery { get; init; }

    /// <summary>At members whose node is another than the author's; 0 if there are none.</summary>
    public required double CrossingP50 { get; init; }

    /// <inheritdoc cref="CrossingP50"/>
    public required double CrossingP99 { get; init; }
}
