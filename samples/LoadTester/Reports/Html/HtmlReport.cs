using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Reports.Html;

/// <summary>A result as one page that needs nothing else: style and pictures are in it.</summary>
internal static class HtmlReport
{
    private static readonly ImmutableArray<string> LatencyFigures = ["mean", "p50", "p90", "p99", "p99.9", "max", "count"];

    public static string Of(RunResult result)
    {
        var title = result.Label ?? Figures.Words(result.Scenario);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/><title>{Text(title)}</title><style>{Style()}</style></head><body><main>");
        html.Append(CultureInfo.InvariantCulture, $"<header><h1>{Text(title)}</h1><span class=\"pill{(result.Passed ? "" : " bad")}\">{(result.Passed ? "Passed" : "Failed")}</span><p>{Text(Summary(result))}</p></header>");
        html.Append("<div class=\"tiles\">").AppendJoin("", ReportTiles.Of(result).Select(Tile)).Append("</div>");
        html.Append("<div class=\"charts\">").AppendJoin("", ReportCharts.Of(result).Select(chart => chart.ToHtml())).Append("</div>");
        html.Append(Latencies(result));
        html.Append("<div class=\"pair\">").Append(Table("What happened", ResultView.Facts(result))).Append(Checks(result)).Append("</div>");
        html.Append("<div class=\"pair\">").Append(Table("Load", Settings(result))).Append(Table("Where", Machine(result))).Append("</div>");
        return html.Append("<footer>Latencies count from the moment an action was due, not from the one it began at, so that a stall is not left out of them.</footer></main></body></html>\n").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Summary(RunResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Scenario} · {result.Load.Documents} × {result.Load.ClientsPerDocument} clients · {Figures.Seconds(result.ElapsedSeconds)} · {result.Server.Address}{(result.Server.IsOwn ? ", the tester's own" : "")} · {result.StartedAt:yyyy-MM-dd HH:mm} UTC");

    private static string Tile(ReportTile tile) =>
        $"<div class=\"card tile{(tile.IsBad ? " bad" : "")}\"><div class=\"name\">{Text(tile.Name)}</div><div class=\"value\">{Text(tile.Value)}</div><div class=\"note\">{Text(tile.Note)}</div></div>";

    private static string Latencies(RunResult result)
    {
        var rows = LatencyKind.All.Where(kind => result.Latencies.ContainsKey(kind.Name)).Select(kind =>
        {
            var latency = result.Latencies[kind.Name];
            var figures = new[] { latency.Mean, latency.P50, latency.P90, latency.P99, latency.P999, latency.Max }.Select(figure => $"<td class=\"number\">{Figures.Milliseconds(figure)}</td>");
            return $"<tr><th scope=\"row\">{Text(kind.Title)}<small>{Text(kind.Meaning)}</small></th>{string.Concat(figures)}<td class=\"number\">{Figures.Count(latency.Count)}</td></tr>";
        });
        var heads = LatencyFigures.Select(head => $"<th class=\"number\">{head}</th>");
        return $"<section class=\"card wide\"><h2>Latency</h2><table><thead><tr><th></th>{string.Concat(heads)}</tr></thead><tbody>{string.Concat(rows)}</tbody></table></section>";
    }

    private static string Table(string title, IEnumerable<(string Name, string Value)> rows)
    {
        var body = rows.Select(row => $"<tr><th scope=\"row\">{Text(row.Name)}</th><td class=\"number\">{Text(row.Value)}</td></tr>");
        return $"<section class=\"card\"><h2>{Text(title)}</h2><table><tbody>{string.Concat(body)}</tbody></table></section>";
    }

    private static string Checks(RunResult result)
    {
        var checks = result.Checks.Select(check =>
            $"<div class=\"check{(check.Passed ? "" : " bad")}\"><b>{(check.Passed ? "✓" : "✗")}</b><div>{Text(check.Name)}<br/><span>{Text(check.Detail)}</span></div></div>");
        return $"<section class=\"card\"><h2>Checks</h2>{string.Concat(checks)}</section>";
    }

    private static IEnumerable<(string Name, string Value)> Settings(RunResult result)
    {
        var load = result.Load;
        yield return ("Documents, or rooms", Figures.Count(load.Documents));
        yield return ("Clients of each", Figures.Count(load.ClientsPerDocument));
        if (load.RatePerClient > 0)
            yield return ("Actions of each client", $"{Figures.Number(load.RatePerClient)}/s");
        if (load.EverySeconds > 0)
            yield return ("Every", Figures.Seconds(load.EverySeconds));
        yield return ("Duration", Figures.Seconds(load.DurationSeconds));
        yield return ("Ramp", Figures.Seconds(load.RampSeconds));
        yield return ("Warm-up", Figures.Seconds(load.WarmUpSeconds));
        yield return ("Seed", load.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("Protocol", load.Protocol);
    }

    private static IEnumerable<(string Name, string Value)> Machine(RunResult result)
    {
        yield return ("Server", result.Server.Address);
        yield return ("Tester's processors", result.Tester.Processors.ToString(CultureInfo.InvariantCulture));
        yield return ("Tester's system", result.Tester.System);
        yield return ("Tester's runtime", result.Tester.Runtime);
    }
}
