using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Telemetry;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Docs;

/// <summary>What docs/operations.md lists is what there is.</summary>
public sealed partial class OperationsPageTests
{
    [Fact]
    public async Task Instruments_OfThePage_AreThoseOfTheMeter()
    {
        await using var app = await TestApp.StartAsync();
        // some instruments come with the first connection of their hub
        foreach (var hub in new[] { "document", "chat", "presence" })
            await (await app.ConnectAsync("alice", hub: hub)).DisposeAsync();
        var meter = app.Services.GetRequiredService<CollabMetrics>().Meter;
        var found = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                    found.Add($"{instrument.Name} {KindOf(instrument)} {instrument.Unit}");
            },
        };
        listener.Start();

        var listed = Rows().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "operations.md"), TestContext.Current.CancellationToken))
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value} {row.Groups["unit"].Value}");
        Assert.Equal(found, listed.Order(StringComparer.Ordinal));
        Assert.NotEmpty(found);
    }

    private static string KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.StartsWith("Counter", StringComparison.Ordinal) ? "counter"
            : type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : "gauge";
    }

    [GeneratedRegex(@"^\| `(?<name>realtimecollab\.[a-z_.]+)` \| (?<kind>\w+) \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
