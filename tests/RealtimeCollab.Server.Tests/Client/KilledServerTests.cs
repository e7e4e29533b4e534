using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Servers;
using RealtimeCollab.LoadTester.Traces;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>A server in a process of its own, killed with SIGKILL; what was acknowledged is there afterwards, once.</summary>
public sealed class KilledServerTests
{
    [Theory]
    [InlineData("trace-automerge-paper.json.gz", 6000)]
    [InlineData("trace-sveltecomponent.json.gz", 4000)]
    public async Task Trace_TypedWhileTheServerIsKilled_EndsAsItsAuthorLeftIt(string file, int edits)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var trace = (await EditTrace.ReadAsync(Repository.PathOf("tests", "vectors", file), cancellation)).Take(edits);

        var report = await new TraceReplay(trace, new TraceReplayOptions { Window = 50, Kills = 1 }).RunAsync(cancellation);

        Assert.Equal(edits, report.Edits);
        Assert.InRange(report.Revisions, edits / 50, edits);
    }

    [Fact]
    public async Task EditsTypedWhileTheServerIsDown_AreSavedWhenItIsBack()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ServerProcess.StartAsync(operationsPerSecond: 0, cancellation);
        var token = await server.GetTokenAsync("alice", cancellation);
        await using var alice = CollabClient.Create(
            new CollabConnectionOptions { Server = server.Address, AccessToken = _ => ValueTask.FromResult<string?>(token) },
            ClientTestExtensions.Impatient);
        await alice.StartAsync(cancellation);
        var hers = await alice.EditAsync("d");
        hers.Insert(0, "before ");
        await hers.WaitUntilSavedAsync(cancellation).WaitAsync(Patience.Limit, cancellation);

        await server.KillAsync(cancellation);
        await hers.UntilAsync(document => document.State == DocumentState.Offline);
        hers.Insert(7, "after");
        await server.RestartAsync(cancellation);
        await hers.SettleAsync();

        Assert.Equal("before after", hers.Text);
        Assert.Equal(2, hers.Revision);
    }
}
