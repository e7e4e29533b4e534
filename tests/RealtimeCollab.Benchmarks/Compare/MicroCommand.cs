using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealtimeCollab.Benchmarks.Workloads;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Compare;

/// <summary>
/// <c>micro</c>: replays the trace in PEERBENCH_TRACE and transforms as PEERBENCH_TRANSFORM says, and prints one JSON line, for a harness that starts every
/// library in a process of its own. <c>--cold</c> leaves out the warm-up of the replay; <c>--documents</c> keeps a document for every edit.
/// </summary>
internal static class MicroCommand
{
    // processor time: on a busy core the runtime's own background compiling needs that long to come to its turn
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static int Run(string[] options)
    {
        using var traceFile = File.OpenRead(Variable("PEERBENCH_TRACE"));
        var trace = EditingTrace.Read(traceFile);
        var inserts = JsonSerializer.Deserialize<ConcurrentInserts>(File.ReadAllText(Variable("PEERBENCH_TRANSFORM")), JsonSerializerOptions.Web)!;
        Func<Document> replay = options.Contains("--documents") ? trace.ReplayDocuments : trace.ReplayBuilder;
        if (!options.Contains("--cold"))
            Warm(() => replay());

        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var text = replay().ToString();
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            edits = trace.Edits.Count,
            editsPerSec = trace.Edits.Count / wall,
            cpu = cpu.TotalSeconds,
            textSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            rss = Environment.WorkingSet,
            transform = new Dictionary<string, object> { ["100"] = Transform(inserts, 100), ["1000"] = Transform(inserts, 1000) },
        }));
        return 0;
    }

    private static object Transform(ConcurrentInserts inserts, int count)
    {
        // the harness has the concurrent insert go first at a tie
        var (operation, committed) = (inserts.Operation, inserts.Committed(count));
        Warm(() => ConcurrentInserts.Carry(operation, committed, TieBreak.B));
        var rounds = new double[7];
        for (var i = 0; i < rounds.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var repeated = Repeat(TimeSpan.FromMilliseconds(300), () => ConcurrentInserts.Carry(operation, committed, TieBreak.B));
            rounds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / ((double)repeated * count);
        }

        Array.Sort(rounds);
        var first = ConcurrentInserts.Carry(operation, committed, TieBreak.B).Components[0];
        return new { us = rounds[3], pos = first.IsInsert ? 0 : first.Length };
    }

    private static void Warm(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < WarmUp)
            action();
    }

    private static int Repeat(TimeSpan time, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(start) < time; count++)
            action();

        return count;
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
