using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Presence;

/// <summary>
/// Who is here: a connection to the presence hub that is kept for good. On a new one the status is set again, and everything that is
/// watched is asked for again. Safe for any thread.
/// </summary>
public sealed class PresenceClient : IAsyncDisposable
{
    private readonly PresenceHubProxy _hub;
    private readonly PresenceWatching _watching;
    private readonly PresenceReporting _reporting;
    private readonly ConnectionKeeper _keeper;
    private readonly IDisposable _callbacks;
    private Task _resuming = Task.CompletedTask;

    /// <summary>Takes a connection over; it is started, restarted and disposed by this client.</summary>
    /// <param name="connection">
    /// Any HubConnection to <c>/hubs/presence</c> that was built with
    /// <see cref="CollabProtocolExtensions.AddRealtimeCollabJson"/>, not started yet.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    public PresenceClient(HubConnection connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var how = options ?? new CollabClientOptions();
        _hub = new PresenceHubProxy(connection);
        _watching = new PresenceWatching(_hub, users => Changed?.Invoke(this, new PresenceEventArgs(users)));
        _reporting = new PresenceReporting(_hub, how);
        _keeper = new ConnectionKeeper(connection, how) { Connected = OnConnected, Disconnected = (_, _) => OnDisconnected() };
        _callbacks = connection.Register(new PresenceCallbacks(
            _keeper,
            _watching.Receive,
            users => UserOnline?.Invoke(this, new PresenceEventArgs(users)),
            users => UserOffline?.Invoke(this, new PresenceEventArgs(users))));
    }

    /// <summary>Users who are watched changed, came into sight or went out of it; <see cref="Users"/> has them as they are now.</summary>
    public event EventHandler<PresenceEventArgs>? Changed;

    /// <summary>Users who are watched came online.</summary>
    public event EventHandler<PresenceEventArgs>? UserOnline;

    /// <summary>Users who are watched went offline.</summary>
    public event EventHandler<PresenceEventArgs>? UserOffline;

    /// <summary>The connection came or went; see <see cref="IsConnected"/>.</summary>
    public event EventHandler? ConnectionChanged;

    /// <summary>Whether there is a connection that the server has greeted.</summary>
    public bool IsConnected => _keeper.Current is not null;

    /// <summary>
    /// Whether somebody is at the device; true at first. An application that knows sets it, and the server hears of it at once: while it
    /// is false, <see cref="PresenceStatus.Online"/> reads <see cref="PresenceStatus.Away"/>.
    /// </summary>
    public bool IsActive
    {
        get => _reporting.IsActive;
        set => _reporting.IsActive = value;
    }

    /// <summary>Those who are watched, as the server last said.</summary>
    public IReadOnlyList<PresenceUser> Users => _watching.Users;

    /// <summary>Makes a client with a WebSocket connection of its own.</summary>
    /// <param name="connection">Where to, and as whom; with the <c>ClientId</c> of a <see cref="CollabClient"/>, part of the same device.</param>
    /// <param name="options">Null for the defaults.</param>
    public static PresenceClient Create(CollabConnectionOptions connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new PresenceClient(HubConnections.Build("presence", connection, options ?? new CollabClientOptions()), options);
    }

    /// <summary>Connects, once, and from then on connects again whenever the connection is lost, until disposed.</summary>
    /// <exception cref="CollabClientException"><c>unauthenticated</c>, or <c>connection_lost</c> if the server does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _keeper.StartAsync(cancellationToken).ConfigureAwait(false);
        _reporting.Start();
    }

    /// <summary>
    /// Watches users, and the members of documents, beside those who are watched already. Returns how they are now. Without a
    /// connection they are asked for on the next one.
    /// </summary>
    /// <exception cref="CollabClientException"><c>permission_denied</c>, <c>document_not_found</c>, <c>rate_limited</c> beyond what one may
    /// watch: nothing has changed then. <c>connection_lost</c>.</exception>
    public Task<IReadOnlyList<PresenceUser>> WatchAsync(
        IEnumerable<string>? userIds = null, IEnumerable<string>? documentIds = null, CancellationToken cancellationToken = default) =>
        _watching.WatchAsync(new WatchRequest { UserIds = userIds?.ToList(), DocumentIds = documentIds?.ToList() }).WaitAsync(cancellationToken);

    /// <summary>Watches them no longer; with neither, nobody.</summary>
    /// <exception cref="CollabClientException"><c>connection_lost</c>: on the next connection they are not watched.</exception>
    public Task UnwatchAsync(
        IEnumerable<string>? userIds = null, IEnumerable<string>? documentIds = null, CancellationToken cancellationToken = default) =>
        _watching.UnwatchAsync(new UnwatchRequest { UserIds = userIds?.ToList(), DocumentIds = documentIds?.ToList() }).WaitAsync(cancellationToken);

    /// <summary>Tells how users are now, without watching them.</summary>
    /// <exception cref="CollabClientException">The server's refusal, or <c>connection_lost</c>.</exception>
    public async Task<IReadOnlyList<PresenceUser>> GetPresenceAsync(IEnumerable<string> userIds, CancellationToken cancellationToken = default) =>
        (await _hub.GetPresence(new GetPresenceRequest { UserIds = [.. userIds] }).WaitAsync(cancellationToken).ConfigureAwait(false)).Users;

    /// <summary>Sets the status of this device, until it is set again.</summary>
    /// <param name="status">Online, away or busy.</param>
    /// <param name="text">At most 128 UTF-16 code units, without control characters.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CollabClientException">The server's refusal, or <c>connection_lost</c>; it is set on the next connection then.</exception>
    public Task SetStatusAsync(PresenceStatus status, string? text = null, CancellationToken cancellationToken = default) =>
        _reporting.SetStatusAsync(new SetStatusRequest { Status = status, Text = text }).WaitAsync(cancellationToken);

    /// <summary>Disconnects. Unless the device has other connections, the user is offline a few seconds later.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reporting.DisposeAsync().ConfigureAwait(false);
        await _keeper.DisposeAsync().ConfigureAwait(false);
        await _resuming.ConfigureAwait(false);
        _callbacks.Dispose();
    }

    private void OnConnected(GreetedConnection connection)
    {
        _resuming = ResumeAsync();
        ConnectionChanged?.Invoke(this, EventArgs.Empty);
    }

    private void OnDisconnected() => ConnectionChanged?.Invoke(this, EventArgs.Empty);

    /// <summary>The server knows nothing of the connections before this one.</summary>
    private async Task ResumeAsync()
    {
        try
        {
            await _reporting.ResumeAsync().ConfigureAwait(false);
            await _watching.ResumeAsync().ConfigureAwait(false);
        }
        catch (CollabClientException)
        {
            // the connection is lost again, and the next one does all of it
        }
    }
}
