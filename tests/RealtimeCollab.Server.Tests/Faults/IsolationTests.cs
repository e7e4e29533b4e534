using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Storage.Sqlite;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>What hostile clients do to one room, and that others do not notice. Nothing is timed: the disturbance lasts until the others are done.</summary>
public sealed class IsolationTests
{
    private const string Disturbed = "disturbed";
    private const string Quiet = "quiet";

    [Fact]
    public async Task Submissions_BeyondWhatASessionHolds_AreRefusedWhileAnotherRoomGoesOn()
    {
        await using var app = await StartHeldAsync(new SessionOptions { MaxWaitingSubmissions = 10 });
        await using var mallory = await EditorAsync(app, "mallory", Disturbed);
        await using var accomplice = await EditorAsync(app, "accomplice", Disturbed);
        await using var alice = await EditorAsync(app, "alice", Quiet);
        await using var bob = await EditorAsync(app, "bob", Quiet);
        Held(app).HoldAppends();

        // as many as a connection may have under way at once
        var calls = Enumerable.Range(0, 16).Select(i => (i < 8 ? mallory : accomplice).InvokeAsync("SubmitOperation", Insert(Disturbed, 0))).ToList();
        var refused = new List<Task<JsonNode?>>();
        while (refused.Count < 6)
        {
            refused.Add(await Task.WhenAny(calls).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
            calls.Remove(refused[^1]);
        }

        await AssertRoomWorksAsync(alice, bob);
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        Held(app).Release();
        Assert.Equal(Enumerable.Range(1, 10).Select(revision => (long)revision), (await Task.WhenAll(calls)).Select(result => (long)result!["revision"]!).Order());
        foreach (var call in refused)
            Assert.Equal("rate_limited", (await Assert.ThrowsAsync<HubCallException>(() => call)).Code);
        Assert.Equal(11, (long)(await mallory.InvokeAsync("SubmitOperation", Insert(Disturbed, 10)))!["revision"]!);
    }

    [Fact]
    public async Task Submission_FromRevisionZeroOfALongLog_DoesNotHoldTheOthersOfItsRoom()
    {
        await using var app = await StartHeldAsync(new SessionOptions { RecentOperations = 4 });
        await using var mallory = await EditorAsync(app, "mallory", Disturbed);
        await using var alice = await EditorAsync(app, "alice", Disturbed);
        for (var revision = 0; revision < 20; revision++)
            await alice.InvokeAsync("SubmitOperation", Insert(Disturbed, revision));

        Held(app).HoldReads();
        var far = mallory.InvokeAsync("SubmitOperation", Insert(Disturbed, 0));
        await Held(app).Reached.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        for (var revision = 20; revision < 30; revision++)
            Assert.Equal(revision + 1, (long)(await alice.InvokeAsync("SubmitOperation", Insert(Disturbed, revision)))!["revision"]!);
        Assert.False(far.IsCompleted);

        Held(app).Release();
        Assert.Equal(31, (long)(await far)!["revision"]!);
    }

    [Fact]
    public async Task Room_BesideOneThatIsFlooded_GetsAllItsEditsInOrder()
    {
        await using var app = await TestApp.StartAsync(FloodedApp.Options(
            (services, root) => services.AddSqliteStorage($"Data Source={Path.Combine(root.FullName, "collab.db")}"), new SessionOptions()));
        await using var mallory = await EditorAsync(app, "mallory", Disturbed);
        await using var accomplice = await EditorAsync(app, "accomplice", Disturbed);
        await using var alice = await EditorAsync(app, "alice", Quiet);
        await using var bob = await EditorAsync(app, "bob", Quiet);

        using var stop = new CancellationTokenSource();
        var floods = new[] { FloodAsync(mallory, stop.Token), FloodAsync(accomplice, stop.Token) };
        await AssertRoomWorksAsync(alice, bob);
        Assert.DoesNotContain(floods, flood => flood.IsCompleted);
        await stop.CancelAsync();

        var flooded = await Task.WhenAll(floods).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        Assert.All(flooded, submitted => Assert.True(submitted > 0));
        var head = await app.Services.GetRequiredService<IOperationLog>().FindAsync(Disturbed, TestContext.Current.CancellationToken);
        Assert.Equal(flooded.Sum(), head!.Revision);
    }

    [Fact]
    public async Task Room_BesideAHugeDocumentThatIsBeingOpened_GetsAllItsEditsInOrder()
    {
        const int length = 5_000_000;
        // on a clock that stands still nobody is cut for being slow, so the snapshot stays under way
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        var cancellation = TestContext.Current.CancellationToken;
        var first = new NewEntry("c", "first", new OperationBuilder().Insert(new string('x', length)).Build());
        await app.Services.GetRequiredService<IOperationLog>().CreateAsync(
            new NewDocument(Disturbed, "incarnation", ContentType.Text, "mallory", time.GetUtcNow()), first, cancellation);
        await using var mallory = await app.ConnectAsync("mallory");
        await using var alice = await EditorAsync(app, "alice", Quiet);
        await using var bob = await EditorAsync(app, "bob", Quiet);

        mallory.StopReading();
        var opening = mallory.InvokeAsync("Subscribe", new { documentId = Disturbed });
        await AssertRoomWorksAsync(alice, bob);
        Assert.False(opening.IsCompleted);

        mallory.ResumeReading();
        Assert.Equal(length, ((string)(await opening)!["content"]!).Length);
    }

    private static Task<TestApp> StartHeldAsync(SessionOptions sessions) => TestApp.StartAsync(FloodedApp.Options(
        (services, _) =>
        {
            services.AddMemoryStorage();
            services.AddSingleton(provider => new HeldLog(provider.GetRequiredService<MemoryStore>(), Disturbed));
            services.AddSingleton<IOperationLog>(provider => provider.GetRequiredService<HeldLog>());
        },
        sessions));

    private static HeldLog Held(TestApp app) => app.Services.GetRequiredService<HeldLog>();

    private static async Task<RawHubClient> EditorAsync(TestApp app, string userId, string documentId)
    {
        var client = await app.ConnectAsync(userId);
        await client.InvokeAsync("StartEditing", new { documentId });
        return client;
    }

    private static JsonObject Insert(string documentId, long baseRevision) => Requests.Submit(documentId, baseRevision, new JsonArray("x"));

    /// <summary>Every edit of one member is acknowledged, and reaches the other in its order.</summary>
    private static async Task AssertRoomWorksAsync(RawHubClient writer, RawHubClient reader)
    {
        const int edits = 20;
        for (var revision = 0; revision < edits; revision++)
            Assert.Equal(revision + 1, (long)(await writer.InvokeAsync("SubmitOperation", Insert(Quiet, revision)))!["revision"]!);
        for (var revision = 0; revision < edits; revision++)
            Assert.Equal(revision, (long)(await reader.NextAsync("OperationsApplied"))["fromRevision"]!);
    }

    /// <summary>As many submissions at once as the server takes of a connection, again and again, each from the far past.</summary>
    private static async Task<int> FloodAsync(RawHubClient client, CancellationToken stop)
    {
        var submitted = 0;
        do
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.InvokeAsync("SubmitOperation", Insert(Disturbed, 0))));
            submitted += 8;
        }
        while (!stop.IsCancellationRequested);

        return submitted;
    }
}
