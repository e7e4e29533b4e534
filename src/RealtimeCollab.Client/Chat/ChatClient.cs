using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>
/// A connection to a server's chat that is kept for good, with the rooms that are open over it and the user's notifications. Safe for
/// any thread; events come one after another.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ChatRoom> _rooms = new(StringComparer.Ordinal);
    private readonly CollabClientOptions _options;
    private readonly ChatCalls _calls;
    private readonly ConnectionKeeper _keeper;
    private readonly EventQueue _events;
    private readonly NotificationInbox _inbox;
    private readonly PeriodicBeat _heartbeat;
    private readonly IDisposable _callbacks;

    /// <summary>Takes a connection over; it is started, restarted and disposed by this client.</summary>
    /// <param name="connection">
    /// Any HubConnection to <c>/hubs/chat</c> that was built with <see cref="CollabProtocolExtensions.AddRealtimeCollabJson"/>, not started yet.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    public ChatClient(HubConnection connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _options = options ?? new CollabClientOptions();
        _calls = new ChatCalls(new ChatHubProxy(connection), _options);
        _events = new EventQueue(_options.LoggerFactory.CreateLogger<ChatClient>());
        _keeper = new ConnectionKeeper(connection, _options) { Connected = OnConnected, Disconnected = (gone, _) => OnDisconnected(gone) };
        _inbox = new NotificationInbox(_calls, notification => Raise(() => NotificationReceived?.Invoke(this, new NotificationEventArgs(notification))));
        _heartbeat = new PeriodicBeat(_options.HeartbeatInterval, _options.TimeProvider, new ChatHeartbeat(_calls.Hub, _rooms).BeatAsync);
        _callbacks = connection.Register(new ChatCallbackRouter(_rooms, _keeper, _inbox, broadcast => Raise(() => BroadcastReceived?.Invoke(this, new BroadcastEventArgs(broadcast)))));
    }

    /// <summary>The connection came or went; see <see cref="IsConnected"/>.</summary>
    public event EventHandler? ConnectionChanged;

    /// <summary>
    /// There is something for the user, each once in the life of this client: mentions and what the application tells, those included that
    /// waited while the user was away.
    /// </summary>
    public event EventHandler<NotificationEventArgs>? NotificationReceived;

    /// <summary>The application tells everyone something.</summary>
    public event EventHandler<BroadcastEventArgs>? BroadcastReceived;

    /// <summary>Whether there is a connection that the server has greeted.</summary>
    public bool IsConnected => _keeper.Current is not null;

    /// <summary>Who the server takes this client for, and what it accepts; null while there is no connection.</summary>
    public WelcomeMessage? Welcome => _keeper.Current?.Welcome;

    /// <summary>The hub itself: for rooms of their own and whatever else is not about one room that is open. Its calls are made once.</summary>
    public IChatHub Hub => _calls.Hub;

    /// <summary>Makes a client with a WebSocket connection of its own.</summary>
    /// <param name="connection">Where to, and as whom.</param>
    /// <param name="options">Null for the defaults.</param>
    public static ChatClient Create(CollabConnectionOptions connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ChatClient(HubConnections.Build("chat", connection, options ?? new CollabClientOptions()), options);
    }

    /// <summary>Connects, once, and from then on connects again whenever the connection is lost, until disposed.</summary>
    /// <exception cref="CollabClientException"><c>unauthenticated</c>, or <c>connection_lost</c> if the server does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _keeper.StartAsync(cancellationToken).ConfigureAwait(false);
        _heartbeat.Start();
    }

    /// <summary>Joins a room, and waits until its latest messages are there; without a connection, until there is one.</summary>
    /// <param name="roomId">A document's id, or one that begins with <c>~</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">The server's refusal, such as <c>room_not_found</c> or <c>permission_denied</c>.</exception>
    /// <exception cref="InvalidOperationException">This client is in the room already.</exception>
    public async Task<ChatRoom> JoinAsync(string roomId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        var room = new ChatRoom(roomId, _calls, _options, () => _rooms.TryRemove(roomId, out _));
        if (!_rooms.TryAdd(roomId, room))
            throw new InvalidOperationException($"This client is in the room {roomId} already.");
        try
        {
            if (_keeper.Current is { } connection)
                room.Connected(connection);
            await room.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
            return room;
        }
        catch
        {
            await room.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tells the server that the user has seen notifications.</summary>
    /// <param name="ids">Their ids, 1 to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">The server's refusal.</exception>
    public Task AcknowledgeAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default) =>
        _calls.RunAsync(hub => hub.AcknowledgeNotifications(new AcknowledgeNotificationsRequest { Ids = ids }), cancellationToken);

    /// <summary>Leaves all rooms and closes the connection. What is not sent is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        foreach (var (_, room) in _rooms)
            await room.DisposeAsync().ConfigureAwait(false);
        await _inbox.DisposeAsync().ConfigureAwait(false);
        await _keeper.DisposeAsync().ConfigureAwait(false);
        _callbacks.Dispose();
    }

    private void OnConnected(GreetedConnection connection)
    {
        _calls.Connected(connection.Welcome.Limits.MessagesPerSecond);
        foreach (var (_, room) in _rooms)
            room.Connected(connection);
        _inbox.Load();
        Raise(() => ConnectionChanged?.Invoke(this, EventArgs.Empty));
    }

    private void OnDisconnected(GreetedConnection connection)
    {
        _calls.Disconnected();
        foreach (var (_, room) in _rooms)
            room.Disconnected(connection);
        Raise(() => ConnectionChanged?.Invoke(this, EventArgs.Empty));
    }

    private void Raise(Action raise)
    {
        _events.Add(raise);
        _events.Raise();
    }
}
