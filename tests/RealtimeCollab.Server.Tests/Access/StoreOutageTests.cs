using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>While the store cannot be read, nobody can tell who may still do what.</summary>
public sealed class StoreOutageTests
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Outage_LongerThanTheBound_ClosesReadingAndWritingUntilItIsOver()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time, Storage = (services, _) => AddFailingStorage(services) });
        var store = app.Services.GetRequiredService<FailingHeads>();
        await using var ada = await app.ShareAsync("d", ("eve", "editor"));
        await using var eve = await app.ConnectAsync("eve");
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });

        store.IsDown = true;
        await LooksAsync(app, time, looks: 3);

        Assert.Equal("store_unavailable", await eve.InvokeRefusedAsync("GetOperations", new { documentId = "d", fromRevision = 0 }));
        Assert.Equal("store_unavailable", await eve.InvokeRefusedAsync("Subscribe", new { documentId = "d" }));
        Assert.All(Guests(app), guest => Assert.False(guest.IsSettled));
        // an operation that is told to the room nevertheless, as a backplane might, reaches nobody
        var told = eve.Received("OperationsApplied").Count;
        await TellRoomAsync(app);
        await eve.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() });
        Assert.Equal(told, eve.Received("OperationsApplied").Count);
        Assert.Empty(eve.Received("AccessChanged"));

        store.IsDown = false;
        await LooksAsync(app, time, looks: 1);

        await eve.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x")));
        await eve.NextAsync("OperationsApplied", batch => (long)batch["fromRevision"]! == 1);
    }

    [Fact]
    public async Task Outage_InWhichARightIsRemoved_EndsWithoutIt()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time, Storage = (services, _) => AddFailingStorage(services) });
        var store = app.Services.GetRequiredService<FailingHeads>();
        await using var ada = await app.ShareAsync("d", ("eve", "editor"));
        await using var eve = await app.ConnectAsync("eve");
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });

        await app.SetRoleElsewhereAsync("d", "eve", MemberRole.None);
        store.IsDown = true;
        await LooksAsync(app, time, looks: 3);
        store.IsDown = false;
        time.Advance(Look);

        Assert.Equal("none", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
    }

    private static IEnumerable<IDocumentGuest> Guests(TestApp app) =>
        app.Services.GetServices<IDocumentGuests>().SelectMany(guests => guests.Guests);

    private static Task TellRoomAsync(TestApp app) => app.Services.GetRequiredService<Microsoft.AspNetCore.SignalR.IHubContext<Server.Documents.DocumentHub, Protocol.Documents.IDocumentClient>>()
        .Clients.Group("d").OperationsApplied(new Protocol.Documents.OperationBatch { DocumentId = "d", FromRevision = 100, Operations = [] });

    /// <summary>Lets the watch look that often, and waits until it has.</summary>
    private static async Task LooksAsync(TestApp app, ManualTime time, int looks)
    {
        var store = app.Services.GetRequiredService<FailingHeads>();
        for (var look = 0; look < looks; look++)
        {
            var asked = store.NextAsync();
            time.Advance(Look);
            await asked.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        }

        // the last answer is acted on after it was given
        var settled = !store.IsDown;
        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        while (Guests(app).Any(guest => guest.Grant.IsExpired == settled || guest.IsSettled != settled))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    private static void AddFailingStorage(IServiceCollection services)
    {
        services.AddMemoryStorage();
        services.AddSingleton(provider => new FailingHeads(provider.GetRequiredService<MemoryStore>()));
        services.AddSingleton<IOperationLog>(provider => provider.GetRequiredService<FailingHeads>());
    }
<<<<<<< HEAD

    /// <summary>A store whose documents' rows cannot be read for a while.</summary>
    private sealed class FailingHeads(MemoryStore store) : IOperationLog
    {
        private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsDown;

        public Task NextAsync() => (_asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            return IsDown ? throw CollabException.StoreUnavailable(null) : store.FindAllAsync(documentIds, cancellationToken);
        }

        public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
            IsDown ? throw CollabException.StoreUnavailable(null) : store.IsDeletedAsync(documentId, cancellationToken);

        public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
            IsDown ? throw CollabException.StoreUnavailable(null) : store.FindAsync(documentId, cancellationToken);

        public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
            store.CreateAsync(document, first, cancellationToken);

        public ValueTask<bool> DeleteAsync(string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
            store.DeleteAsync(documentId, incarnation, deletedBy, deletedAt, cancellationToken);

        public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => store.WaitToAppendAsync(cancellationToken);

        public ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken) => store.AppendAsync(batch, cancellationToken);

        public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(string documentId, long afterRevision, int limit, CancellationToken cancellationToken) =>
            store.ReadAsync(documentId, afterRevision, limit, cancellationToken);
    }
=======
>>>>>>> 91d83cc (Sessions, rooms and groups do not wait for one: catch-ups by one reading, authorizers with a limit, suspensions on this node, a stop told to its own clients)
}
