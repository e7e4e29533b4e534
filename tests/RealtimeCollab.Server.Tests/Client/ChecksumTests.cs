using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The real client, given a wrong copy by a real server, learns it from a heartbeat.</summary>
public sealed class ChecksumTests
{
    private const string Secret = "secret text";

    [Fact]
    public async Task WrongCopy_IsReportedAndHealed_WithTheEditsMadeMeanwhile()
    {
        using var corruption = new CorruptedSnapshots(1);
        await using var app = await StartAsync(corruption);
        using var logs = new LogCollector();
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        using var counter = new MismatchCounter();
        await using var alice = await app.StartClientAsync("alice", logs: factory);
        var document = await OpenAsync(alice);
        var reported = new TaskCompletionSource<ChecksumMismatchEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        document.ChecksumMismatched += (_, found) =>
        {
            document.Insert(document.Content.Length, "!");
            reported.TrySetResult(found);
        };
        corruption.TellsChecksums = true;

        var mismatch = await reported.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await document.SettleAsync(revision: 2);

        Assert.Equal(Secret + "!", document.Text);
        Assert.Equal(("d", 1L), (mismatch.DocumentId, mismatch.Revision));
        Assert.Equal(Document.FromText(CorruptedSnapshots.Text).ComputeHash(), mismatch.LocalHash);
        Assert.Equal(Document.FromText(Secret).ComputeHash(), mismatch.ServerHash);
        Assert.Equal(1, counter.Count);
        var warning = Assert.Single(logs.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains(mismatch.LocalHash, warning.Text, StringComparison.Ordinal);
        Assert.Contains(mismatch.ServerHash, warning.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Snapshot_ThatIsAsWrongAsTheCopy_IsReportedOnceForTheRevision()
    {
        using var corruption = new CorruptedSnapshots(2);
        await using var app = await StartAsync(corruption);
        await using var alice = await app.StartClientAsync("alice");
        var document = await OpenAsync(alice);
        var revisions = new ConcurrentQueue<long>();
        document.ChecksumMismatched += (_, mismatch) => revisions.Enqueue(mismatch.Revision);
        corruption.TellsChecksums = true;

        // the answer to a heartbeat is taken in before the next one is sent
        for (var beat = 0; beat < 2; beat++)
            await corruption.NextHeartbeatAsync();
        await document.SettleAsync();
        for (var beat = 0; beat < 3; beat++)
            await corruption.NextHeartbeatAsync();

        Assert.Equal([1L], revisions);
        Assert.Equal(CorruptedSnapshots.Text, document.Text);
    }

    private static Task<TestApp> StartAsync(CorruptedSnapshots corruption) => TestApp.StartAsync(new TestAppOptions
    {
        ConfigureServices = services => services.Configure<HubOptions>(hub => hub.AddFilter(corruption)),
    });

    private static Task<CollabDocument> OpenAsync(CollabClient client) =>
        client.OpenAsync("d", new OpenDocumentOptions { InitialText = Secret }, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);
}
