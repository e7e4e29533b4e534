using System.Security.Cryptography;
using RealtimeCollab.LoadTester.Faults;
using RealtimeCollab.LoadTester.Faults.Cluster;
using RealtimeCollab.LoadTester.Faults.Injection;
using RealtimeCollab.LocalServers;
using RealtimeCollab.Testing;

namespace RealtimeCollab.LoadTester.Tests.Faults;

/// <summary>Every fault once, on a real cluster, with people who write and talk.</summary>
public sealed class FaultRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_OfSomebodysCluster_AreDrivenAndChecked_AndNothingIsDoneToThem()
    {
        SkipWithoutServers();
        await using var cluster = await LocalCluster.StartAsync();
        var tokens = new List<string>();
        for (var number = 0; number < 2; number++)
            tokens.Add((await cluster.CreateToken(number, Cancellation))!);
        var options = new FaultRunOptions
        {
            Nodes = [.. cluster.Nodes.Select(node => node.Address)],
            Tokens = tokens,
            Clients = 4,
            Documents = 2,
            Rate = 5,
            Duration = TimeSpan.FromSeconds(5),
            Seed = 1,
        };

        var report = await new FaultRun(options, static _ => { }).RunAsync(Cancellation);

        Assert.Empty(report.Violations);
        Assert.Empty(report.Faults);
        Assert.True(report.Acknowledgements > 0);
    }

    [Fact]
    public async Task Cluster_ThatFailsInEveryWay_LosesAndDoublesNothing()
    {
        SkipWithoutServers();
        var options = new FaultRunOptions
        {
            Nodes = [],
            Tokens = [],
            Clients = 30,
            Documents = 8,
            Rate = 1,
            Duration = TimeSpan.FromSeconds(60),
            IsShort = true,
            Seed = RandomNumberGenerator.GetInt32(1_000_000),
        };
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"seed {options.Seed}");

        var report = await new FaultRun(options, now => output?.WriteLine(now)).RunAsync(Cancellation);

        Assert.True(report.Violations.Count == 0, string.Join('\n', report.Violations.Take(20)));
        Assert.Equal(FaultCatalog.Create(isShort: true).Select(fault => fault.Name), report.Faults.Select(fault => fault.Fault));
        Assert.True(report.Acknowledgements > 500 && report.Messages > 100, $"Only {report.Acknowledgements} operations and {report.Messages} messages.");
    }

    private static void SkipWithoutServers()
    {
        BuildMachine.SkipWithout(RedisProcess.FindMissing());
        BuildMachine.SkipWithout(PostgreSqlProcess.FindMissing());
    }
}
