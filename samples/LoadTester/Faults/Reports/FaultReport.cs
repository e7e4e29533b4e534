using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeCollab.LoadTester.Faults.Checking;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.LoadTester.Faults.Injection;

namespace RealtimeCollab.LoadTester.Faults.Reports;

/// <summary>What a run showed. Times are in seconds.</summary>
internal sealed record FaultReport
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public required int Clients { get; init; }

    public required int Documents { get; init; }

    public required double Seconds { get; init; }

    public required int Seed { get; init; }

    /// <summary>Operations that clients sent.</summary>
    public required long Operations { get; init; }

    /// <summary>Answers that one is committed; one that was sent again may have been answered twice.</summary>
    public required long Acknowledgements { get; init; }

    /// <summary>Entries of the log that clients were told.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Chat messages that were acknowledged.</summary>
    public required int Messages { get; init; }

    public required IReadOnlyList<FaultFigures> Faults { get; init; }

    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>Writes it as JSON.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
    }

    public static FaultReport Create(
        FaultRunOptions options, TimeSpan lasted, RunRecorder recorder, IReadOnlyList<FaultOutcome> outcomes, IReadOnlyList<Violation> violations) => new()
        {
            Clients = options.Clients,
            Documents = options.Documents,
            Seconds = lasted.TotalSeconds,
            Seed = options.Seed,
            Operations = recorder.Submissions,
            Acknowledgements = recorder.Acknowledgements,
            Deliveries = recorder.Deliveries,
            Messages = recorder.Messages,
            Faults = [.. outcomes.GroupBy(outcome => outcome.Fault, StringComparer.Ordinal).Select(FaultFigures.Create)],
            Violations = violations,
        };
}

/// <summary>What one fault did, as often as it happened. Times are in seconds.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Times">How often.</param>
/// <param name="Held">How long it held, on average.</param>
/// <param name="Recovery">From its end until everybody had written and seen others write; the median.</param>
/// <param name="LongestRecovery">The longest of these; null: it never happened.</param>
/// <param name="LongestWait">The longest that anybody waited for an acknowledgement, from the fault's beginning on.</param>
internal sealed record FaultFigures(string Fault, int Times, double Held, double? Recovery, double? LongestRecovery, double LongestWait)
{
    public static FaultFigures Create(IGrouping<string, FaultOutcome> outcomes)
    {
        double[] recoveries = [.. outcomes.Select(outcome => outcome.Recovery?.TotalSeconds).OfType<double>().Order()];
        var isOver = recoveries.Length == outcomes.Count();
        return new FaultFigures(
            outcomes.Key,
            outcomes.Count(),
            outcomes.Average(outcome => outcome.Held.TotalSeconds),
            isOver ? recoveries[recoveries.Length / 2] : null,
            isOver ? recoveries[^1] : null,
            outcomes.Max(outcome => outcome.LongestWait.TotalSeconds));
    }
}
