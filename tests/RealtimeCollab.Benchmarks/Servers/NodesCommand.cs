using System.Diagnostics;
using System.Globalization;
using System.Text;
using RealtimeCollab.Benchmarks.Load;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>
/// <c>nodes [rounds] [seconds]</c>: one, two and three nodes with one PostgreSQL and one Redis, the writers of each document spread over them, in
/// alternating runs. All nodes share core 0: what is compared is what an edit costs, and how long it takes to cross.
/// </summary>
internal static class NodesCommand
{
    private const int MostNodes = 3;

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 3;
        var seconds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : 10;
        using (var ourselves = Process.GetCurrentProcess())
            MeasuredServer.KeepToCore(ourselves, 1);
        await using var postgreSql = new PostgreSqlServer();
        await postgreSql.InitializeAsync();
        await using var redis = new RedisServer();
        await redis.InitializeAsync();
        if ((postgreSql.Missing ?? redis.Missing) is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 1;
        }

        await TellAsync("10 documents with 6 writers each, 5 letters a second", static (crowd, time) => crowd.Type(time, rate: 5));
        await TellAsync("10 documents with 6 writers each, closed loop", static (crowd, time) => crowd.Flood(time));
        return 0;

        async Task TellAsync(string title, Action<Crowd, TimeSpan> work)
        {
            List<RunResult>[] results = [.. Enumerable.Range(0, MostNodes).Select(static _ => new List<RunResult>())];
            for (var round = 1; round <= rounds; round++)
            {
                for (var nodes = 1; nodes <= MostNodes; nodes++)
                {
                    await Console.Error.WriteLineAsync($"{title}: nodes {nodes}, round {round} of {rounds}");
                    var contestant = Contestant.PostgreSql(await postgreSql.CreateDatabaseAsync()) with { Nodes = nodes, Redis = redis.ConnectionString };
                    results[nodes - 1].Add(await Run.MeasureAsync(contestant, new Shape(10, 6, 6), work, seconds));
                }
            }

            Console.WriteLine(Table(title, results));
        }
    }

    private static string Table(string title, List<RunResult>[] results)
    {
        var table = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"\n{title}\n").AppendLine(
            """
            | nodes | edits/s | all servers µs/edit | to one node | µs/delivery | committed p50, p99 ms | on the author's node p50, p99 ms | on another p50, p99 ms |
            |---:|---:|---:|---:|---:|---:|---:|---:|
            """);
        var one = ResultTable.Median(results[0], static run => run.ServerMicrosecondsPerEdit);
        for (var nodes = 1; nodes <= results.Length; nodes++)
        {
            var runs = results[nodes - 1];
            double Of(Func<RunResult, double> figure) => ResultTable.Median(runs, figure);
            var crossing = nodes == 1 ? string.Empty : string.Create(
                CultureInfo.InvariantCulture, $"{Of(static run => run.CrossingP50):F2}, {Of(static run => run.CrossingP99):F2}");
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {nodes} | {Of(static run => run.EditsPerSecond):N0} | {Of(static run => run.ServerMicrosecondsPerEdit):F0} | " +
                $"{Of(static run => run.ServerMicrosecondsPerEdit) / one:F2} | {Of(static run => run.ServerMicrosecondsPerDelivery):F1} | " +
                $"{Of(static run => run.CommitP50):F2}, {Of(static run => run.CommitP99):F2} | {Of(static run => run.OthersP50):F2}, {Of(static run => run.OthersP99):F2} | {crossing} |");
        }

        return table.ToString();
    }
}
