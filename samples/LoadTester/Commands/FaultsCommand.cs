using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using RealtimeCollab.LoadTester.Faults;
using RealtimeCollab.LoadTester.Faults.Reports;
using Spectre.Console;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Lets a cluster fail under load, and checks that nothing was lost or doubled.</summary>
internal sealed class FaultsCommand(IAnsiConsole console)
{
    private const int Failed = 1;

    private readonly Option<string[]> _nodes = new("--nodes")
    {
        Description = "The nodes of your cluster, separated by commas; nothing is done to them. Without it, PostgreSQL, Redis and three nodes are started here and made to fail.",
        CustomParser = argument => [.. argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    private readonly Option<string[]> _tokens = new("--token")
    {
        Description = "An access token for your nodes. Given several times, people take them in turn. Without it, nodes in development give one to each.",
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "The nodes are other machines, and yours to load." };
    private readonly Option<int> _clients = new("--clients") { Description = "How many people.", DefaultValueFactory = _ => 60 };
    private readonly Option<int> _documents = new("--documents") { Description = "In how many documents and their chats.", DefaultValueFactory = _ => 15 };
    private readonly Option<double> _rate = new("--rate") { Description = "Edits of each in a second, on average; a third as many messages.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _duration = new("--duration") { Description = "How long: 90s, 10m; on a cluster of its own not less than it takes for each fault once.", DefaultValueFactory = _ => "10m" };
    private readonly Option<bool> _short = new("--short") { Description = "Faults hold for a few seconds only." };
    private readonly Option<int> _seed = new("--seed") { Description = "Draws the same edits again.", DefaultValueFactory = _ => RandomNumberGenerator.GetInt32(1_000_000) };
    private readonly Option<string?> _json = new("--json") { Description = "Write the result to this file." };

    public static Command Create(IAnsiConsole console)
    {
        var faults = new FaultsCommand(console);
        var command = new Command("faults", "People write and talk on several nodes while these, Redis, PostgreSQL and the network fail; then every acknowledgement is compared with the store.")
        {
            faults._nodes, faults._tokens, faults._allowRemote, faults._clients, faults._documents, faults._rate, faults._duration, faults._short, faults._seed, faults._json,
        };
        command.SetAction((parsed, cancellation) => Refusals.TellAsync(console, () => faults.RunAsync(parsed, cancellation)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = ReadOptions(parsed);
        RequireOwn(options, parsed.GetValue(_allowRemote));
        var report = console.Profile.Capabilities.Interactive
            ? await console.Status().StartAsync("It begins", status => WatchAsync(options, status, cancellationToken))
            : await new FaultRun(options, now => console.WriteLine(now)).RunAsync(cancellationToken);
        new FaultTable(console).Write(report);
        if (parsed.GetValue(_json) is { } path)
            await report.WriteAsync(path, cancellationToken);
        return report.Violations.Count == 0 ? 0 : Failed;
    }

    private FaultRunOptions ReadOptions(ParseResult parsed)
    {
        var options = new FaultRunOptions
        {
            Nodes = [.. (parsed.GetValue(_nodes) ?? []).Select(node => ServerAddress.Parse(node) ?? throw new LoadException($"--nodes has to hold http or https addresses, not '{node}'."))],
            Tokens = parsed.GetValue(_tokens) ?? [],
            Clients = parsed.GetValue(_clients),
            Documents = parsed.GetValue(_documents),
            Rate = parsed.GetValue(_rate),
            Duration = Durations.Parse(parsed.GetValue(_duration)!) ?? throw new LoadException("--duration has to be one such as 90s or 10m."),
            IsShort = parsed.GetValue(_short),
            Seed = parsed.GetValue(_seed),
        };
        // recovery is that everybody sees somebody else write
        if (options.Documents < 1 || options.Clients < 2 * options.Documents || options.Rate is not (> 0 and <= 1000))
            throw new LoadException("There have to be at least a document, two people for each, and a rate above 0 and at most 1000.");
        return options;
    }

    private static void RequireOwn(FaultRunOptions options, bool allowsRemote)
    {
        if (!allowsRemote && options.Nodes.FirstOrDefault(node => !ServerAddress.IsLocal(node)) is { } remote)
            throw new LoadException($"{remote.Authority} is not this machine, and nothing was sent. If the nodes are yours to load, add --allow-remote.");
    }

    private static async Task<FaultReport> WatchAsync(FaultRunOptions options, StatusContext status, CancellationToken cancellationToken)
    {
        var doing = string.Empty;
        var run = new FaultRun(options, now => doing = now);
        var running = run.RunAsync(cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            var line = string.Create(CultureInfo.InvariantCulture, $"{doing} · {run.Recorder.Acknowledgements:N0} operations saved · {run.Recorder.Messages:N0} messages");
            status.Status(Markup.Escape(line));
        }

        return await running;
    }
}
