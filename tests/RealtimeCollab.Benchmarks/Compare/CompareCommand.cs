using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RealtimeCollab.Benchmarks.Compare;

/// <summary><c>compare</c>: ours and the JavaScript libraries on the same work in one run, as one table.</summary>
internal static class CompareCommand
{
    private static readonly string[] Peers = ["ot.js", "ot-text-unicode", "quill-delta", "yjs"];

    public static async Task<int> RunAsync()
    {
        var peers = await PeerScripts.InstallAsync().ConfigureAwait(false);
        var input = CompareInput.Make();
        var path = input.Save();
        try
        {
            var columns = new List<(string Name, Dictionary<string, double> Figures)> { ("RealtimeCollab", OurFigures.Measure(input)) };
            foreach (var peer in Peers)
            {
                await Console.Error.WriteLineAsync($"measuring {peer}").ConfigureAwait(false);
                var output = await peers.ReadAsync("--max-old-space-size=8192", "peers.mjs", peer, path).ConfigureAwait(false);
                columns.Add((peer, JsonSerializer.Deserialize<Dictionary<string, double>>(output)!));
            }

            Console.WriteLine(Table(columns));
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Microseconds of processor time each, and in brackets how many times ours.</summary>
    private static string Table(List<(string Name, Dictionary<string, double> Figures)> columns)
    {
        var table = new StringBuilder("Microseconds of processor time for one, median of 7 rounds after a warm-up; in brackets how many times ours.\n\n");
        table.Append(CultureInfo.InvariantCulture, $"| {"work",-42} | {string.Join(" | ", columns.Select(static column => $"{column.Name,22}"))} |\n");
        table.Append(CultureInfo.InvariantCulture, $"|{new string('-', 44)}|{string.Concat(columns.Select(static _ => new string('-', 23) + ":|"))}\n");
        foreach (var (work, title) in Work.All)
        {
            var ours = columns[0].Figures[work];
            var cells = columns.Select(column => column.Figures.TryGetValue(work, out var figure) ? Cell(figure, ours) : string.Empty);
            table.Append(CultureInfo.InvariantCulture, $"| {title,-42} | {string.Join(" | ", cells.Select(static cell => $"{cell,22}"))} |\n");
        }

        return table.ToString();
    }

    private static string Cell(double figure, double ours)
    {
        var text = figure >= 100 ? $"{figure:F0}" : figure >= 1 ? $"{figure:F2}" : $"{figure:F3}";
        return figure.Equals(ours) ? text : string.Create(CultureInfo.InvariantCulture, $"{text} ({figure / ours:F1}x)");
    }
}
