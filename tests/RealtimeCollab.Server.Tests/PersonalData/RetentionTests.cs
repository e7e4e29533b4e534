using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Tests.Webhooks;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.PersonalData;

/// <summary>What has been kept for long enough goes by itself, on a clock that the test moves.</summary>
public sealed class RetentionTests
{
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Messages_OlderThanTheyAreKept_EndBeforeEveryonesEyes()
    {
        await using var app = await StartAsync(("Chat", "1.00:00:00"));
        await app.CreateDocumentAsync("d");
        await using var ada = await app.JoinAsync("ada", "d");
        await ada.SayAsync("d", "old", "m1");
        _time.Advance(TimeSpan.FromHours(20));
        await ada.SayAsync("d", "young", "m2");
        Assert.Empty(ada.Received("MessageDeleted"));

        _time.Advance(TimeSpan.FromHours(5));

        Assert.Equal("m1", (string?)(await ada.NextAsync("MessageDeleted"))["clientMessageId"]);
        Assert.Equal(["", "young"], (await ada.ReadAsync("d")).Select(message => (string?)message!["content"]));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("m2", (string?)(await ada.NextAsync("MessageDeleted"))["clientMessageId"]);
    }

    [Fact]
    public async Task Notifications_OlderThanTheyAreKept_Go()
    {
        await using var app = await StartAsync(("Notifications", "1.00:00:00"));
        await app.CreateDocumentAsync("d");
        await using var ada = await app.JoinAsync("ada", "d");
        await ada.SayAsync("d", "Hello", "m1", "bob");
        await using var bob = await app.ConnectToChatAsync("bob");
        Assert.Equal(1, await CountAsync(bob));

        _time.Advance(TimeSpan.FromHours(30));

        await GoneAsync(bob);
    }

    [Fact]
    public async Task Run_ThatFailsInAWayNobodyForesaw_IsFollowedByTheNext()
    {
        await using var app = await StartAsync(("Notifications", "1.00:00:00"), services => services
            .AddSingleton(provider => new BrokenArchive(provider.GetRequiredService<MemoryChatStore>()))
            .AddSingleton<IChatArchive>(provider => provider.GetRequiredService<BrokenArchive>()));
        await WebhookApp.UntilAsync(() => app.Logs.Lines.Any(line => line.EventId == ServerEventIds.RetentionFailed));
        await app.CreateDocumentAsync("d");
        await using var ada = await app.JoinAsync("ada", "d");
        await ada.SayAsync("d", "Hello", "m1", "bob");
        await using var bob = await app.ConnectToChatAsync("bob");

        app.Services.GetRequiredService<BrokenArchive>().IsBroken = false;
        _time.Advance(TimeSpan.FromHours(30));

        await GoneAsync(bob);
    }

    private static async Task GoneAsync(RawHubClient client)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await CountAsync(client) > 0)
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience.Limit, "The notification stays.");
    }

    private static async Task<int> CountAsync(RawHubClient client) =>
        (await client.InvokeAsync("GetNotifications", new { limit = 10 }))!["notifications"]!.AsArray().Count;

    private Task<TestApp> StartAsync((string Name, string Value) retention, Action<IServiceCollection>? replace = null) => TestApp.StartAsync(new TestAppOptions
    {
        Storage = (services, _) =>
        {
            services.AddMemoryStorage();
            // in a day that passes at once a client would be sent thousands of pings, and be cut as one that does not read
            services.AddSingleton(new DeliveryLimits { PingInterval = TimeSpan.FromDays(1), PingStep = TimeSpan.FromHours(1) });
            replace?.Invoke(services);
        },
        Time = _time,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RealtimeCollab:Access:DefaultRole"] = "editor",
            [$"RealtimeCollab:Retention:{retention.Name}"] = retention.Value,
        },
    });

    /// <summary>Fails as no store should.</summary>
    private sealed class BrokenArchive(MemoryChatStore store) : IChatArchive
    {
        public volatile bool IsBroken = true;

        public ValueTask<IReadOnlyList<NotificationCounter>> ListCountersAsync(string afterUserId, int limit, CancellationToken cancellationToken) =>
            IsBroken ? throw new InvalidOperationException("Nobody foresaw this.") : store.ListCountersAsync(afterUserId, limit, cancellationToken);

        public ValueTask<IReadOnlyList<RoomHead>> ListRoomsAsync(string afterRoomId, int limit, CancellationToken cancellationToken) =>
            store.ListRoomsAsync(afterRoomId, limit, cancellationToken);

        public ValueTask<RoomHead> ImportRoomAsync(RoomHead room, CancellationToken cancellationToken) => store.ImportRoomAsync(room, cancellationToken);

        public ValueTask ImportMembersAsync(RoomKey room, IReadOnlyList<RoomMembership> members, CancellationToken cancellationToken) =>
            store.ImportMembersAsync(room, members, cancellationToken);

        public ValueTask ImportNotificationsAsync(
            NotificationCounter counter, IReadOnlyList<StoredNotification> notifications, CancellationToken cancellationToken) =>
            store.ImportNotificationsAsync(counter, notifications, cancellationToken);
    }
}
