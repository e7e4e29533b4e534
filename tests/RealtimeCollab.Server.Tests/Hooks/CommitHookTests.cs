using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Tests.Telemetry;

namespace RealtimeCollab.Server.Tests.Hooks;

/// <summary>The application hears of what was committed.</summary>
public sealed class CommitHookTests
{
    [Fact]
    public async Task Commits_AreToldInOrderWithTheirAuthors()
    {
        var told = Channel.CreateUnbounded<CommittedOperations>();
        await using var app = await HookedApp.TellAsync(async committed => await told.Writer.WriteAsync(committed));
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "Hello" });
        await using var bob = await app.ConnectAsync("bob");
        await bob.InvokeAsync("StartEditing", new { documentId = "d" });
        await bob.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, "!")));
        await (await ApiClient.OfAsync(app, "ada")).CallAsync("d/import", "Bye");

        string[] operations = ["""1 ada ["Hello"]""", """2 bob [5,"!"]"""];
        foreach (var operation in operations)
            Assert.Equal(operation, await NextAsync(told));
        Assert.StartsWith("3 ada ", await NextAsync(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hook_ThatTakesLong_HoldsNoCommit_AndWhatDoesNotFitIsCounted()
    {
        var (entered, leave) = (NewSignal(), NewSignal());
        var told = new ConcurrentQueue<long>();
        await using var app = await HookedApp.TellAsync(
            async committed =>
            {
                entered.TrySetResult();
                await leave.Task;
                told.Enqueue(committed.Operations[0].Revision);
            },
            queueLength: 1);
        using var measured = new Measurements(app);
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await TypeAsync(ada, 0);
        await entered.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        // one waits, two find no place
        for (var revision = 1; revision < 4; revision++)
            await TypeAsync(ada, revision);

        Assert.Equal([1, 1], measured.Of("realtimecollab.hooks.dropped"));
        Assert.Single(app.Logs.Lines, line => line.EventId == 3031);
        leave.SetResult();
        await app.StopServerAsync();
        Assert.Equal([1, 2], told);
    }

    [Fact]
    public async Task Hook_ThatFails_IsCounted_AndHearsOfTheNext()
    {
        var heard = NewSignal();
        await using var app = await HookedApp.TellAsync(committed =>
        {
            if (committed.Operations[0].Revision == 1)
                throw new InvalidOperationException("a defect");
            heard.SetResult();
            return Task.CompletedTask;
        });
        using var measured = new Measurements(app);
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await TypeAsync(ada, 0);
        await TypeAsync(ada, 1);
        await heard.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        Assert.Equal([1], measured.Of("realtimecollab.hooks.failures", "commit"));
    }

    [Fact]
    public async Task Stop_TellsWhatIsLeft()
    {
        var told = new ConcurrentQueue<long>();
        await using var app = await HookedApp.TellAsync(committed =>
        {
            told.Enqueue(committed.Operations[^1].Revision);
            return Task.CompletedTask;
        });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var revision = 0; revision < 20; revision++)
            await TypeAsync(ada, revision);
        await app.StopServerAsync();

        Assert.Equal(Enumerable.Range(1, 20).Select(revision => (long)revision), told);
    }

    [Fact]
    public void Add_OfOneThatIsTwoKinds_IsOneObject()
    {
        using var services = new ServiceCollection().AddDocumentHook<Both>().BuildServiceProvider();
        Assert.Same(services.GetRequiredService<IDocumentLoadHook>(), services.GetRequiredService<ICommitHook>());
        Assert.Null(services.GetService<IOperationHook>());
    }

    private static Task<JsonNode?> TypeAsync(RawHubClient client, long revision) =>
        client.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, new JsonArray("x")));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<string> NextAsync(Channel<CommittedOperations> told)
    {
        var committed = await told.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        var operation = Assert.Single(committed.Operations);
        return $"{operation.Revision} {operation.UserId} {operation.Operation}";
    }

    private sealed class Both : IDocumentLoadHook, ICommitHook
    {
        public ValueTask OnLoadingAsync(string documentId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask OnCommittedAsync(CommittedOperations committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
