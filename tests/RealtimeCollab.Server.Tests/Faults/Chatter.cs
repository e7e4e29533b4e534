using System.Collections.Concurrent;
using System.Globalization;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>A real chat client that notes what it sees, in the order in which it sees it.</summary>
internal sealed class Chatter : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentQueue<string> _mentions = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly ChatClient _client;

    private ChatRoom? _room;

    private Chatter(string userId, ChatClient client)
    {
        (UserId, _client) = (userId, client);
        client.NotificationReceived += (_, received) => Note(_mentions, received.Notification.Message?.Content ?? "");
    }

    public string UserId { get; }

    public ChatRoom Room => _room!;

    /// <summary>What the server said is stored.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = new();

    /// <summary>The messages that were received, by their clients' ids.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>Connects and joins a room; what is sent there from then on counts.</summary>
    public static async Task<Chatter> JoinAsync(Uri server, string userId, string token, string roomId)
    {
        var connection = new CollabConnectionOptions { Server = server, AccessToken = _ => ValueTask.FromResult<string?>(token) };
        var chatter = new Chatter(userId, ChatClient.Create(connection, ClientTestExtensions.Impatient));
        await chatter._client.StartAsync(TestContext.Current.CancellationToken);
        chatter._room = await chatter._client.JoinAsync(roomId, TestContext.Current.CancellationToken);
        chatter.Room.MessageReceived += (_, received) => chatter.Note(chatter._seen, received.Message.ClientMessageId);
        return chatter;
    }

    /// <summary>Sends messages one after another; each is acknowledged before the next.</summary>
    public async Task TalkAsync(int messages, Progress progress)
    {
        for (var i = 0; i < messages; i++)
        {
            var result = await Room.SendAsync($"{UserId} {i.ToString(CultureInfo.InvariantCulture)}", cancellationToken: TestContext.Current.CancellationToken);
            Acknowledged.Enqueue(result.ClientMessageId);
            progress.Add();
        }
    }

    public Task SeenAsync(int count) => UntilAsync(() => _seen.Count >= count, () => $"{UserId} has seen {_seen.Count} of {count}");

    public async Task<IReadOnlyList<string>> MentionsAsync(int count)
    {
        await UntilAsync(() => _mentions.Count >= count, () => $"{UserId} was told of {_mentions.Count} mentions");
        return [.. _mentions];
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task UntilAsync(Func<bool> condition, Func<string> state)
    {
        while (!condition())
            Assert.True(await _changed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken), state());
    }

    private void Note(ConcurrentQueue<string> list, string what)
    {
        list.Enqueue(what);
        _changed.Release();
    }
}
