using System.Diagnostics;
using System.Globalization;
using RealtimeCollab.Benchmarks.Load;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>
/// <c>server [rounds] [seconds]</c>: one node with each store beside a bare SignalR relay, in alternating runs. The server has core 0 and
/// the load core 1, so a machine with two cores is enough and one with more is not flattered.
/// </summary>
internal sealed class ServerCommand(int rounds, int seconds) : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("realtimecollab-bench-");
    private int _databases;

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 3;
        var seconds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : 10;
        using var command = new ServerCommand(rounds, seconds);
        using (var ourselves = Process.GetCurrentProcess())
            MeasuredServer.KeepToCore(ourselves, 1);
        await using var postgreSql = new PostgreSqlServer();
        await postgreSql.InitializeAsync();
        await command.RunAsync(postgreSql);
        return 0;
    }

    public void Dispose() => _data.Delete(recursive: true);

    private async Task RunAsync(PostgreSqlServer postgreSql)
    {
        List<Func<Task<Contestant>>> all =
        [
            static () => Task.FromResult(Contestant.Relay),
            static () => Task.FromResult(Contestant.TunedRelay),
            static () => Task.FromResult(Contestant.Memory),
            NewSqliteAsync,
        ];
        if (postgreSql.Missing is null)
            all.Add(async () => Contestant.PostgreSql(await postgreSql.CreateDatabaseAsync()));
        else
            await Console.Error.WriteLineAsync(postgreSql.Missing);

        await TellAsync("10 documents with 5 writers each, closed loop", all, new Shape(10, 5, 5), static (crowd, time) => crowd.Flood(time));
        await TellAsync("1 document with 20 writers, closed loop", all, new Shape(1, 20, 20), static (crowd, time) => crowd.Flood(time));
        await TellAsync("1 writer alone, closed loop", all, new Shape(1, 1, 1), static (crowd, time) => crowd.Flood(time));
        await TellAsync("1 document with 400 writers at 1 edit a second; 20 of them measure", all, new Shape(1, 400, 20), static (crowd, time) => crowd.Type(time, rate: 1));
    }

    private Task<Contestant> NewSqliteAsync() => Task.FromResult(Contestant.Sqlite(Path.Combine(_data.FullName, $"{_databases++}.db")));

    private async Task TellAsync(string title, List<Func<Task<Contestant>>> contestants, Shape shape, Action<Crowd, TimeSpan> work)
    {
        var results = new List<RunResult>[contestants.Count];
        var names = new string[contestants.Count];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                var contestant = await contestants[i]();
                names[i] = contestant.Name;
                await Console.Error.WriteLineAsync($"{title}: {contestant.Name}, round {round + 1} of {rounds}");
                (results[i] ??= []).Add(await Run.MeasureAsync(contestant, shape, work, seconds));
            }
        }

        Console.WriteLine(ResultTable.Of(title, [.. names.Zip(results)]));
    }
}
