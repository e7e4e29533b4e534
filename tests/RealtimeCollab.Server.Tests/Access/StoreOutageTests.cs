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
}
