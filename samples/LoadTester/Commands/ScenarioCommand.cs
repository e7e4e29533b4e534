using System.CommandLine;
using System.Globalization;
using RealtimeCollab.LoadTester.Reports;
using RealtimeCollab.LoadTester.Reports.Html;
using RealtimeCollab.LoadTester.Results;
using RealtimeCollab.LoadTester.Runs;
using RealtimeCollab.LoadTester.Scenarios;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Runs a scenario, shows it while it runs, and tells and writes what it found.</summary>
internal sealed class ScenarioCommand
{
    private const int Failed = 1;

    private readonly ScenarioDefinition _definition;
    private readonly IAnsiConsole _console;
    private readonly LoadOptions _options;
    private readonly Option<string?> _json = new("--json") { Description = "Write the result to this file, for `compare` and `report`." };
    private readonly Option<string?> _html = new("--html") { Description = "Write a report to this file." };
    private readonly Option<string?> _label = new("--label") { Description = "What to call this run in reports." };

    private ScenarioCommand(ScenarioDefinition definition, IAnsiConsole console)
    {
        (_definition, _console, _options) = (definition, console, new LoadOptions(definition));
        foreach (var path in new[] { _json, _html })
        {
            // better than after an hour of load
            path.Validators.Add(result =>
            {
                if (result.GetValue(path) is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                    result.AddError($"{path.Name}: there is no folder for '{file}'.");
            });
        }
    }

    public static Command Create(ScenarioDefinition definition, IAnsiConsole console)
    {
        var scenario = new ScenarioCommand(definition, console);
        var command = new Command(definition.Name, definition.Description);
        foreach (var option in scenario._options.All.Concat([scenario._json, scenario._html, scenario._label]))
            command.Add(option);
        command.SetAction(scenario.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (plan, target) = (_options.Plan(parsed), _options.Target(parsed));
        return MayLoad(target.Server, plan, _options.AllowsRemote(parsed))
            ? await Refusals.TellAsync(_console, () => RunAsync(plan, target, parsed, cancellationToken))
            : Refusals.Refused;
    }

    private async Task<int> RunAsync(LoadPlan plan, LoadTarget target, ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new LoadRun(_definition, plan, target, TimeProvider.System);
        var measured = await new LiveView(_console, _definition.Name).WatchAsync(run.Progress, run.RunAsync(cancellationToken), cancellationToken);
        var result = measured with { Label = parsed.GetValue(_label) };
        new ResultView(_console).Show(result);
        await WriteAsync(result, parsed.GetValue(_json), parsed.GetValue(_html), cancellationToken);
        return result.Passed ? 0 : Failed;
    }

    /// <summary>States the rates before anything is sent to another machine, and sends nothing unless the user has said that it is theirs.</summary>
    private bool MayLoad(Uri? server, LoadPlan plan, bool allowsRemote)
    {
        if (server is null || ServerAddress.IsLocal(server))
            return true;
        _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]{server.Authority} is not this machine. Load for it: {_definition.Demand(plan)}.[/]");
        if (!allowsRemote)
            _console.MarkupLine("[red]Nothing was sent. If the server is yours to load, add --allow-remote.[/]");
        return allowsRemote;
    }

    private async Task WriteAsync(RunResult result, string? json, string? html, CancellationToken cancellationToken)
    {
        if (json is not null)
            await ResultFile.WriteAsync(json, result, cancellationToken);
        if (html is not null)
            await File.WriteAllTextAsync(html, HtmlReport.Of(result), cancellationToken);
        foreach (var path in new[] { json, html }.OfType<string>())
            _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]Written: {path}[/]");
    }
}
