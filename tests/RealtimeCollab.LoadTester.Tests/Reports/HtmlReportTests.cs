using System.Xml.Linq;
using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Reports.Html;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Tests.Reports;

public sealed class HtmlReportTests
{
    [Fact]
    public void Page_HasTheFiguresOfTheResult()
    {
        var page = Parse(Results.Typing);

        var tiles = page.Descendants("div").Where(div => HasClass(div, "tile")).ToDictionary(tile => tile.Elements().First().Value, tile => tile.Elements().ElementAt(1).Value);
        Assert.Equal("250/s", tiles["Edits"]);
        Assert.Equal("3.00 ms", tiles["Seen, p99"]);
        Assert.Equal("50", tiles["Connections"]);
        Assert.Equal("25 %", tiles["Server"]);
        Assert.Equal("0", tiles["Errors"]);
        var acknowledged = page.Descendants("tr").Single(row => row.Element("th")!.Value.StartsWith("Acknowledged", StringComparison.Ordinal));
        Assert.Equal(["2.00 ms", "2.00 ms", "4.00 ms", "8.00 ms", "16.0 ms", "32.0 ms", "500"], acknowledged.Elements("td").Select(cell => cell.Value));
    }

    [Fact]
    public void Charts_HaveAPointForEachIntervalAndPercentile()
    {
        var charts = Parse(Results.Typing).Descendants("svg").ToDictionary(svg => svg.Attribute("aria-label")!.Value);

        Assert.Equal(["Latency by percentile", "Seen by the others, over time", "Throughput", "Traffic"], charts.Keys.Order());
        Assert.All(charts["Throughput"].Descendants("polyline"), line => Assert.Equal(2, line.Attribute("points")!.Value.Split(' ').Length));
        Assert.Equal(["Edits, 1 s: 240", "Edits, 2 s: 260"], charts["Throughput"].Elements("g").Last().Descendants("title").Select(title => title.Value));
        Assert.Equal([4, 4], charts["Latency by percentile"].Descendants("polyline").Select(line => line.Attribute("points")!.Value.Split(' ').Length));
    }

    [Fact]
    public void Lines_RiseWithTheirValues()
    {
        var edits = Parse(Results.Typing).Descendants("svg").First().Descendants("polyline").Last().Attribute("points")!.Value.Split(' ')
            .Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();

        // 240, then 260: upwards on a screen is less
        Assert.True(edits[1] < edits[0]);
    }

    [Fact]
    public void Page_LoadsNothing()
    {
        var page = Parse(Results.Typing);

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "style");
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page.Descendants("style").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfUsersAndServers_IsText()
    {
        var page = Parse(Results.Typing with
        {
            Label = "<script>alert(1)</script>",
            Checks = [new CheckResult("Convergence", Passed: false, "\"<b>\" & more")],
            Passed = false,
        });

        Assert.Equal("<script>alert(1)</script>", page.Descendants("h1").Single().Value);
        Assert.Equal("Failed", page.Descendants("span").First().Value);
        Assert.Contains(page.Descendants("span"), span => span.Value == "\"<b>\" & more");
    }

    [Fact]
    public void Intervals_WithoutALatency_AreLeftOut_AndAChartWithoutAnyIsNotDrawn()
    {
        var silent = Results.Typing.Timeline[0] with { Latencies = new Dictionary<string, IntervalLatency>(StringComparer.Ordinal) { ["seen"] = new(0, 0, 0, 0) } };

        var once = Parse(Results.Typing with { Timeline = [silent, Results.Typing.Timeline[1]] });
        var never = Parse(Results.Typing with { Timeline = [silent] });

        const string OverTime = "Seen by the others, over time";
        Assert.Equal(3, once.Descendants("svg").Single(svg => svg.Attribute("aria-label")!.Value == OverTime).Descendants("circle").Count());
        Assert.DoesNotContain(never.Descendants("svg"), svg => svg.Attribute("aria-label")!.Value == OverTime);
    }

    [Fact]
    public void ResultWithoutAnything_StillMakesAPage()
    {
        var page = Parse(Results.Typing with
        {
            Latencies = new Dictionary<string, LoadTester.Measuring.LatencySummary>(StringComparer.Ordinal),
            Counts = new Dictionary<string, long>(StringComparer.Ordinal),
            Timeline = [],
            Checks = [],
            Server = Results.Typing.Server with { ProcessorSeconds = null, MemoryBytes = null },
        });

        Assert.Equal("Connections", Assert.Single(page.Descendants("svg")).Attribute("aria-label")!.Value);
    }

    [Theory]
    [InlineData(0, new double[] { 0, 1 })]
    [InlineData(0.9, new[] { 0, 0.5, 1 })]
    [InlineData(260, new double[] { 0, 100, 200, 300 })]
    [InlineData(1000, new double[] { 0, 500, 1000 })]
    public void LinearAxis_EndsWithARoundNumber(double max, double[] ticks) =>
        Assert.Equal(ticks, Axis.Linear(max, value => $"{value}").Ticks.Select(tick => tick.Value));

    [Fact]
    public void LogarithmicAxis_GoesFromPowerToPower()
    {
        var axis = Axis.Logarithmic(0.5, 20, value => $"{value}");

        Assert.Equal([0.1, 1, 10, 100], axis.Ticks.Select(tick => tick.Value));
        Assert.Equal([0, 1.0 / 3, 1], new[] { 0.01, 1, 500 }.Select(value => Math.Round(axis.Place(value), 9)).Select(place => Math.Abs(place - (1.0 / 3)) < 1e-8 ? 1.0 / 3 : place));
    }

    /// <summary>The page is written so that it is XML, too.</summary>
    private static XDocument Parse(RunResult result)
    {
        var html = HtmlReport.Of(result);
        return XDocument.Parse(html[html.IndexOf('\n', StringComparison.Ordinal)..]);
    }

    private static bool HasClass(XElement element, string name) => element.Attribute("class")?.Value.Split(' ').Contains(name) ?? false;
}
