using System.CommandLine;
using RealtimeCollab.LoadTester.Commands;
using RealtimeCollab.LoadTester.Results;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Tests.Commands;

public sealed class ScenarioCommandTests
{
    [Theory]
    [InlineData("typing", "--documents", "0")]
    [InlineData("typing", "--documents", "some")]
    [InlineData("typing", "--clients", "-1")]
    [InlineData("typing", "--rate", "0")]
    [InlineData("typing", "--rate", "1001")]
    [InlineData("typing", "--rate", "NaN")]
    [InlineData("typing", "--duration", "0")]
    [InlineData("typing", "--duration", "soon")]
    [InlineData("typing", "--ramp", "-1s")]
    [InlineData("typing", "--protocol", "xml")]
    [InlineData("typing", "--server", "localhost")]
    [InlineData("typing", "--every", "5s")]
    [InlineData("typing", "--json", "/no-such-folder/run.json")]
    [InlineData("typing", "--html", "/no-such-folder/run.html")]
    [InlineData("flood", "--rate", "5")]
    [InlineData("join-storm", "--every", "0")]
    [InlineData("chat", "--clients", "201")]
    [InlineData("idle", "--seed", "one")]
    public void Option_OutOfRange_IsRefusedByName(string scenario, string option, string value)
    {
        var parsed = Parse(scenario, option, value);

        Assert.NotEmpty(parsed.Errors);
        Assert.Contains(parsed.Errors, error => error.Message.Contains(option, StringComparison.Ordinal) || error.Message.Contains(value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Scenario_WithoutOptions_IsComplete(string scenario) => Assert.Empty(Parse(scenario).Errors);

    [Fact]
    public async Task AnotherMachine_WithoutTheFlag_IsSentNothing_AndTheRatesAreStated()
    {
        var (console, written) = Reports.Results.CreateConsole();
        var command = ScenarioCommand.Create(ScenarioCatalog.All.Single(scenario => scenario.Name == "typing"), console);

        var exit = await new RootCommand { command }
            .Parse(["typing", "--server", "https://collab.example", "--documents", "4", "--clients", "25", "--rate", "2", "--duration", "5m"])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains("collab.example is not this machine. Load for it: 100 connections over 1 s, 200 edits a second, for 300 s.", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idle", "1000 connections over 10 s, nothing beside keep-alives, for 30 s")]
    [InlineData("flood", "50 connections over 1 s, as many edits a second as the server takes, for 30 s")]
    [InlineData("reconnect-storm", "200 connections over 1 s, cuts of all of them every 5 s, for 30 s")]
    [InlineData("office-day", "150 connections over 1 s, 50 edits a second, for 30 s")]
    public void Demand_OfEachKind_IsStated(string name, string expected)
    {
        var scenario = ScenarioCatalog.All.Single(scenario => scenario.Name == name);

        Assert.Equal(expected, scenario.Demand(scenario.Defaults));
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsToldInASentence()
    {
        var (console, written) = Reports.Results.CreateConsole();
        var command = ScenarioCommand.Create(ScenarioCatalog.All.Single(scenario => scenario.Name == "idle"), console);

        // port 1: nobody listens there
        var exit = await new RootCommand { command }.Parse(["idle", "--server", "http://127.0.0.1:1", "--documents", "1", "--clients", "1"])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains("http://127.0.0.1:1/ gives out no tokens", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnAServerOfItsOwn_WritesResultAndReport()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("load-tester-");
        try
        {
            var (json, html) = (Path.Combine(folder.FullName, "run.json"), Path.Combine(folder.FullName, "run.html"));
            var (console, written) = Reports.Results.CreateConsole();
            var root = new RootCommand { ScenarioCommand.Create(ScenarioCatalog.All.Single(scenario => scenario.Name == "typing"), console), CompareCommand.Create(console), ReportCommand.Create(console) };

            string[] arguments = ["typing", "--documents", "1", "--clients", "2", "--duration", "1s", "--warm-up", "0", "--ramp", "0", "--label", "small", "--json", json, "--html", html];
            var exit = await root.Parse(arguments).InvokeAsync(cancellationToken: cancellation);

            Assert.True(exit == 0, written.ToString());
            var result = await ResultFile.ReadAsync(json, cancellation);
            Assert.Equal(("small", true, true), (result.Label, result.Server.IsOwn, result.Server.ProcessorSeconds > 0));
            var report = await File.ReadAllTextAsync(html, cancellation);
            Assert.Contains("<h1>small</h1>", report, StringComparison.Ordinal);
            Assert.Equal(0, await root.Parse(["compare", json, json]).InvokeAsync(cancellationToken: cancellation));
            File.Delete(html);
            Assert.Equal(0, await root.Parse(["report", json, "--html", html]).InvokeAsync(cancellationToken: cancellation));
            Assert.Equal(report, await File.ReadAllTextAsync(html, cancellation));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static TheoryData<string> Scenarios() => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    private static ParseResult Parse(string scenario, params string[] options)
    {
        var definition = ScenarioCatalog.All.Single(candidate => candidate.Name == scenario);
        return new RootCommand { ScenarioCommand.Create(definition, Reports.Results.CreateConsole().Console) }.Parse([scenario, .. options]);
    }
}
