using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Results;
using RealtimeCollab.LoadTester.Runs;
using RealtimeCollab.LoadTester.Scenarios;

namespace RealtimeCollab.LoadTester.Tests.Scenarios;

/// <summary>Each scenario once, small and short, against a real server; what it measures and checks, never how fast.</summary>
public sealed class ScenarioRunTests(OwnServer server) : IClassFixture<OwnServer>
{
    private static readonly LoadPlan Small = new()
    {
        Documents = 2,
        Clients = 3,
        Rate = 10,
        Every = TimeSpan.FromMilliseconds(500),
        Duration = TimeSpan.FromSeconds(1),
        Ramp = TimeSpan.FromMilliseconds(100),
        WarmUp = TimeSpan.FromMilliseconds(200),
        Patience = TimeSpan.FromMinutes(2),
    };

    [Theory]
    [InlineData(HubProtocolChoice.MessagePack)]
    [InlineData(HubProtocolChoice.Json)]
    public async Task Typing_MeasuresWhatIsAcknowledgedAndSeen(HubProtocolChoice protocol)
    {
        var result = await RunAsync("typing", Small with { Protocol = protocol });

        AssertMeasured(result, LatencyKind.Acknowledged, CountName.Edits);
        AssertMeasured(result, LatencyKind.Seen, CountName.EditsSeen);
        Assert.InRange(result.Counts[CountName.EditsSeen], 1, 2 * result.Counts[CountName.Edits]);
        Assert.Contains(LatencyKind.Lateness.Name, result.Latencies.Keys);
        Assert.Equal(["Convergence", "Exactly once"], result.Checks.Select(check => check.Name));
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("chat")]
    public async Task OneToken_ForAllClients_IsEnough(string scenario)
    {
        var result = await RunAsync(scenario, Small, await server.GetTokenAsync("only-one"));

        AssertMeasured(result, LatencyKind.Seen, scenario == "chat" ? CountName.MessagesSeen : CountName.EditsSeen);
    }

    [Fact]
    public async Task Presence_WithOneTokenForAll_SaysWhatItNeeds()
    {
        var token = await server.GetTokenAsync("only-one");

        var refusal = await Assert.ThrowsAsync<LoadException>(() => RunAsync("presence", Small, token));

        Assert.Contains("as many --token as there are clients", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatTheServerDoesNotTake_IsToldWithItsCode()
    {
        var refusal = await Assert.ThrowsAsync<LoadException>(() => RunAsync("typing", Small, "no-token"));

        Assert.Contains("unauthenticated", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_WithTheSameSeed_TypesAsMuch()
    {
        var plan = Small with { WarmUp = TimeSpan.Zero, Seed = 7 };
        var (first, second) = (await RunAsync("typing", plan), await RunAsync("typing", plan));

        Assert.Equal(first.Counts[CountName.Edits], second.Counts[CountName.Edits]);
    }

    [Fact]
    public async Task Flood_MeasuresWhatIsAcknowledgedAndSeen()
    {
        var result = await RunAsync("flood", Small);

        AssertMeasured(result, LatencyKind.Acknowledged, CountName.Edits);
        AssertMeasured(result, LatencyKind.Seen, CountName.EditsSeen);
    }

    [Fact]
    public async Task Idle_HoldsItsConnections()
    {
        var result = await RunAsync("idle", Small with { Clients = 10, WarmUp = TimeSpan.Zero });

        AssertMeasured(result, LatencyKind.Joined, CountName.Joins);
        Assert.Equal(20, result.Counts[CountName.Joins]);
        Assert.Equal(20, result.Timeline[^1].Connections);
    }

    [Fact]
    public async Task JoinStorm_MeasuresEveryJoin()
    {
        var result = await RunAsync("join-storm", Small with { WarmUp = TimeSpan.Zero });

        AssertMeasured(result, LatencyKind.Joined, CountName.Joins);
        Assert.Equal(0, result.Counts[CountName.Joins] % 6);
    }

    [Fact]
    public async Task ReconnectStorm_BringsEverybodyBackWithTheirEdits()
    {
        var result = await RunAsync("reconnect-storm", Small with { WarmUp = TimeSpan.Zero });

        AssertMeasured(result, LatencyKind.Recovered, CountName.Recoveries);
        Assert.Equal(0, result.Counts[CountName.Recoveries] % 6);
    }

    [Fact]
    public async Task Chat_MeasuresWhatIsStoredAndSeen()
    {
        var result = await RunAsync("chat", Small with { Rate = 4 });

        AssertMeasured(result, LatencyKind.Acknowledged, CountName.Messages);
        AssertMeasured(result, LatencyKind.Seen, CountName.MessagesSeen);
        Assert.Equal(2 * result.Counts[CountName.Messages], result.Counts[CountName.MessagesSeen]);
    }

    [Fact]
    public async Task Presence_MeasuresWhatIsToldAndSeen()
    {
        var result = await RunAsync("presence", Small with { Rate = 4 });

        AssertMeasured(result, LatencyKind.Acknowledged, CountName.Statuses);
        AssertMeasured(result, LatencyKind.Seen, CountName.StatusesSeen);
    }

    [Fact]
    public async Task OfficeDay_DoesEverythingAtOnce()
    {
        var result = await RunAsync("office-day", Small with { Rate = 30, WarmUp = TimeSpan.Zero });

        string[] all = [CountName.Edits, CountName.EditsSeen, CountName.Messages, CountName.MessagesSeen, CountName.Statuses, CountName.StatusesSeen];
        Assert.All(all, name => Assert.True(result.Counts.GetValueOrDefault(name) > 0, name));
        Assert.True(result.Counts[CountName.Joins] > 6, "Somebody goes and comes back.");
        Assert.Equal(["Convergence", "Exactly once", "Messages", "Presence"], result.Checks.Select(check => check.Name));
    }

    [Fact]
    public async Task Soak_SurvivesItsCuts()
    {
        var result = await RunAsync("soak", Small with { WarmUp = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(2) });

        AssertMeasured(result, LatencyKind.Acknowledged, CountName.Edits);
    }

    private static void AssertMeasured(RunResult result, LatencyKind kind, string count)
    {
        Assert.True(result.Latencies.TryGetValue(kind.Name, out var latency) && latency.Count > 0, $"No latency of {kind.Name}.");
        Assert.True(result.Counts.GetValueOrDefault(count) > 0, $"Nothing counted as {count}.");
        Assert.InRange(latency.Max, latency.P50, double.MaxValue);
    }

    /// <summary>Runs it, and holds what has to hold for all scenarios.</summary>
    private async Task<RunResult> RunAsync(string name, LoadPlan plan, params string[] tokens)
    {
        var definition = ScenarioCatalog.All.Single(scenario => scenario.Name == name);
        var run = new LoadRun(definition, plan, new LoadTarget(server.Address, tokens), TimeProvider.System);

        var result = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.All(result.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.True(result.Passed);
        Assert.NotEmpty(result.Checks);
        // a machine that is starved for seconds loses connections; that is counted, and no failure
        Assert.DoesNotContain(result.Errors.Keys, code => code != CollabClientException.ConnectionLost);
        Assert.True(result.Traffic is { BytesSent: > 0, BytesReceived: > 0, MessagesReceived: > 0 } || name == "idle");
        Assert.NotEmpty(result.Timeline);
        Assert.Equal((name, RunPhase.Done, 0), (result.Scenario, run.Progress.Phase, run.Progress.Measurements.Connections));
        return result;
    }
}
