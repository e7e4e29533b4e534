using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>Rooms over a memory store that can fail, on a clock that stands still.</summary>
internal sealed class ChatFixture : IAsyncDisposable
{
    public ChatFixture()
    {
        Messages = new FaultyMessages(Store);
        Rooms = NewNode();
    }

    public MemoryChatStore Store { get; } = new(new MemoryStore());

    public FaultyMessages Messages { get; }

    public ConcurrentDictionary<string, RoomRole> Roles { get; } = new(StringComparer.Ordinal);

    public RecordingChatEvents Events { get; } = new();

    public ManualTime Time { get; } = new();

    public ChatRooms Rooms { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the room, and makes it if there is none.</summary>
    public async Task<Lease<ChatRoom>> OpenAsync() => await Rooms.OpenAsync(await HeadAsync(), Cancellation);

    public async Task<RoomHead> HeadAsync() => await Store.OpenRoomAsync(
        new NewRoom("~room", "incarnation", RoomKind.Free, Name: null, "ada", Time.GetUtcNow(), Members: []), Cancellation);

    /// <summary>Everyone may write who has no other role, and everyone may read.</summary>
    public Actor As(string userId) => new(this, userId);

    /// <summary>Another node on the same store.</summary>
    public ChatRooms NewNode() => new(Messages, Store, Events, new ChatOptions(), Time, NullLogger<ChatRooms>.Instance);

    public async Task RestartAsync()
    {
        await Rooms.DisposeAsync();
        Rooms = NewNode();
    }

    public async Task<IReadOnlyList<StoredMessage>> StoredAsync() =>
        await Store.ReadAsync((await HeadAsync()).Key, MessageRange.AfterSequence(0), 1000, Cancellation);

    public async Task<IReadOnlyList<StoredNotification>> NotificationsOfAsync(string userId) => await Store.ListAsync(userId, 0, 100, Cancellation);

    public static PostMessage Post(string clientMessageId, string content = "Hello", string? replyTo = null, params string[] mentions) =>
        new(clientMessageId, content, "text", replyTo) { Mentions = mentions };

    public static async Task<CollabException> RefusedAsync(Task command, CollabError error)
    {
        var refusal = await Assert.ThrowsAsync<CollabException>(() => command.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(error, refusal.Error);
        return refusal;
    }

    public async ValueTask DisposeAsync() => await Rooms.DisposeAsync();

    internal sealed class Actor(ChatFixture fixture, string userId) : IRoomActor
    {
        public string UserId => userId;

        public string UserName => userId.ToUpperInvariant();

        /// <summary>What answers in place of the fixture's roles.</summary>
        public Func<ValueTask<RoomRole>>? Ask { get; set; }

        public ValueTask<RoomRole> GetRoleAsync(CancellationToken cancellationToken) => Ask?.Invoke() ??
            ValueTask.FromResult(fixture.Roles.GetValueOrDefault(userId, RoomRole.Commenter));

        public ValueTask<IReadOnlyList<string>> WhoMayReadAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<string>>([.. userIds.Where(user => fixture.Roles.GetValueOrDefault(user, RoomRole.Viewer) >= RoomRole.Viewer)]);
    }
}
