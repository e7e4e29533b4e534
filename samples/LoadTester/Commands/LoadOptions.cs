using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Runs;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>The options of a scenario.</summary>
internal sealed class LoadOptions
{
    private readonly ScenarioDefinition _definition;
    private readonly Option<string?> _server = new("--server") { Description = "The server's address; without it, one with SQLite is started for the run." };
    private readonly Option<string[]> _tokens = new("--token")
    {
        Description = "An access token. Given several times, clients take them in turn. Without it, a server in development gives one to each client.",
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "The server is another machine, and yours to load." };
    private readonly Option<int> _documents;
    private readonly Option<int> _clients;
    private readonly Option<double> _rate;
    private readonly Option<TimeSpan> _every;
    private readonly Option<TimeSpan> _duration;
    private readonly Option<TimeSpan> _ramp;
    private readonly Option<TimeSpan> _warmUp;
    private readonly Option<int> _seed = new("--seed") { Description = "Draws the same moments and letters again.", DefaultValueFactory = _ => 1 };
    private readonly Option<HubProtocolChoice> _protocol = new("--protocol") { Description = "How messages are written." };

    public LoadOptions(ScenarioDefinition definition)
    {
        _definition = definition;
        var defaults = definition.Defaults;
        _documents = Number("--documents", "Documents or chat rooms.", defaults.Documents, most: 100_000);
        _clients = Number("--clients", "Clients of each.", defaults.Clients, definition.MostClients);
        _rate = new Option<double>("--rate")
        {
            Description = $"{Capital(definition.RateOf)} of each client in a second, on average.",
            DefaultValueFactory = _ => defaults.Rate,
            CustomParser = argument => Read<double>(
                argument,
                text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1000 ? rate : null,
                "--rate has to be above 0 and at most 1000."),
        };
        _every = Duration("--every", $"From one of these to the next: {definition.EveryOf}.", defaults.Every, mayBeNone: false);
        _duration = Duration("--duration", "How long it is measured: 90, 90s, 5m, 2h.", defaults.Duration, mayBeNone: false);
        _ramp = Duration("--ramp", "Over what time the clients connect, evenly.", defaults.Ramp, mayBeNone: true);
        _warmUp = Duration("--warm-up", "Load before that, which is not counted.", defaults.WarmUp, mayBeNone: true);
        _server.Validators.Add(result =>
        {
            if (result.GetValue(_server) is { } text && ServerAddress.Parse(text) is null)
                result.AddError($"--server has to be an http or https address, not '{text}'.");
        });
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        _server, _tokens, _allowRemote, _documents, _clients,
        .. _definition.RateOf is null ? Array.Empty<Option>() : [_rate],
        .. _definition.EveryOf is null ? Array.Empty<Option>() : [_every],
        _duration, _ramp, _warmUp, _seed, _protocol,
    ];

    public bool AllowsRemote(ParseResult parsed) => parsed.GetValue(_allowRemote);

    public LoadTarget Target(ParseResult parsed) =>
        new(parsed.GetValue(_server) is { } server ? ServerAddress.Parse(server) : null, parsed.GetValue(_tokens) ?? []);

    public LoadPlan Plan(ParseResult parsed) => new()
    {
        Documents = parsed.GetValue(_documents),
        Clients = parsed.GetValue(_clients),
        Rate = _definition.RateOf is null ? 0 : parsed.GetValue(_rate),
        Every = _definition.EveryOf is null ? TimeSpan.Zero : parsed.GetValue(_every),
        Duration = parsed.GetValue(_duration),
        Ramp = parsed.GetValue(_ramp),
        WarmUp = parsed.GetValue(_warmUp),
        Seed = parsed.GetValue(_seed),
        Protocol = parsed.GetValue(_protocol),
    };

    private static string Capital(string? words) => words is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : "";

    private static Option<int> Number(string name, string description, int usual, int most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = argument => Read<int>(
            argument,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null,
            $"{name} has to be 1 to {most}."),
    };

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan usual, bool mayBeNone) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = argument => Read<TimeSpan>(
            argument,
            text => Durations.Parse(text) is { } duration && (mayBeNone || duration > TimeSpan.Zero) ? duration : null,
            $"{name} has to be a duration {(mayBeNone ? "" : "above 0 ")}of at most a week: 90, 90s, 500ms, 5m or 2h."),
    };

    /// <summary>Reads a value, or says what it has to be.</summary>
    private static T Read<T>(ArgumentResult argument, Func<string, T?> parse, string rule)
        where T : struct
    {
        if (parse(argument.Tokens[0].Value) is { } value)
            return value;
        argument.AddError(rule);
        return default;
    }
}
