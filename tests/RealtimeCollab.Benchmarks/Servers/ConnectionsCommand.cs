using System.Diagnostics;
using System.Globalization;
using RealtimeCollab.Benchmarks.Load;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>
/// <c>connections [counts]</c>: what idle connections cost in memory and processor time, and what they do to those who type beside them: one node with SQLite
/// and a bare relay on core 0, each with 1,000, 5,000 and 10,000 connections unless told otherwise. Each needs an open file here and one at the server.
/// </summary>
internal static class ConnectionsCommand
{
    private const int PerDocument = 5;

    /// <summary>From so many on their memory is counted: the first pay for what all share.</summary>
    private const int First = 100;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Typing = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] options)
    {
        int[] counts = options.Length > 0 ? [.. options.Select(static count => int.Parse(count, CultureInfo.InvariantCulture))] : [1_000, 5_000, 10_000];
        using (var ourselves = Process.GetCurrentProcess())
            MeasuredServer.KeepToCore(ourselves, 1);
        Console.WriteLine(
            """

            20 documents with 5 writers each at 1 edit a second, beside idle connections, 5 to a document

            | server | idle connections | KiB each | % of a core, idle | edits/s | committed p50, p90, p99 ms | at the others p50, p90, p99 ms | lost |
            |---|---:|---:|---:|---:|---:|---:|---:|
            """);
        var data = Directory.CreateTempSubdirectory("realtimecollab-bench-");
        try
        {
            foreach (var count in counts)
            {
                await MeasureAsync(Contestant.TunedRelay, count);
                await MeasureAsync(Contestant.Sqlite(Path.Combine(data.FullName, $"{count}.db")), count);
            }

            return 0;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Contestant contestant, int count)
    {
        using var servers = await contestant.StartAsync();
        using var idle = new IdleCrowd(contestant.IsRelay ? null : "idle-0");
        await ConnectAsync(idle, contestant, servers, 0, First);
        var memoryBefore = servers.ResidentMemory;
        await ConnectAsync(idle, contestant, servers, First, count);
        var kibEach = (servers.ResidentMemory - memoryBefore) / 1024.0 / (count - First);

        var processorBefore = servers.ProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        var idleLoad = (servers.ProcessorTime - processorBefore) / Idle;

        var measurements = new Measurements();
        using var crowd = new Crowd(await Run.GatherAsync(contestant, servers, new Shape(20, 5, 5), measurements));
        crowd.Type(WarmUp, rate: 1);
        measurements.IsCounting = true;
        crowd.Type(Typing, rate: 1);
        string Of(Func<double, double> latency) => string.Join(", ", ((double[])[0.5, 0.9, 0.99]).Select(part => latency(part).ToString("F1", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {contestant.Name} | {count:N0} | {kibEach:F1} | {idleLoad:P1} | {measurements.Commits / Typing.TotalSeconds:F0} | {Of(measurements.CommitLatency)} | {Of(measurements.DeliveryLatency)} | {idle.Lost} |"));
    }

    private static async Task ConnectAsync(IdleCrowd idle, Contestant contestant, MeasuredNodes servers, int from, int to)
    {
        for (var number = from; number < to; number++)
        {
            if (number % 1_000 == 0)
                await Console.Error.WriteLineAsync($"{contestant.Name}: {number:N0} of {to:N0} connections");
            var connection = await contestant.ConnectAsync(servers[0], to + number);
            connection.Invoke("StartEditing", $"{{\"documentId\":\"idle-{number / PerDocument}\"}}");
            idle.Add(connection);
        }
    }
}
