using System.CommandLine;
using RealtimeCollab.LoadTester.Commands;
using RealtimeCollab.LoadTester.Scenarios;
using Spectre.Console;

var root = new RootCommand("Drives a RealtimeCollab server with real clients, and checks that nothing was lost or doubled.")
{
    CompareCommand.Create(AnsiConsole.Console),
    FaultsCommand.Create(AnsiConsole.Console),
    ReportCommand.Create(AnsiConsole.Console),
    TraceCommand.Create(),
    ServeCommand.Create(),
};
foreach (var scenario in ScenarioCatalog.All)
    root.Add(ScenarioCommand.Create(scenario, AnsiConsole.Console));
var parsed = root.Parse(args);
var exit = await parsed.InvokeAsync();
// 1 says that a check failed
return parsed.Errors.Count > 0 ? Refusals.Refused : exit;
