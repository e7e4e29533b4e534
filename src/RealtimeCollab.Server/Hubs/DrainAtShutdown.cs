using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Chat;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Presence;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Hubs;

/// <summary>
/// Sees submitted operations and messages through when the server stops, while connections are still open and can hear of it. A stop begins
/// in one of two ways: the host is asked to stop, or the process is told to (SIGTERM), which first of all closes SignalR's connections.
/// </summary>
internal sealed partial class DrainAtShutdown(
    DocumentSessions sessions,
    ChatRooms rooms,
    FollowerRegistry followers,
    NodeState node,
    DocumentConnections documentConnections,
    ChatConnections chatConnections,
    PresenceHubConnections presenceConnections,
    IHubContext<DocumentHub, IDocumentClient> documentHub,
    IHubContext<ChatHub, IChatClient> chatHub,
    IHubContext<PresenceHub, IPresenceClient> presenceHub,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DrainAtShutdown> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>What takes longer waits for a store that does not answer; it is not acknowledged, and will be sent again elsewhere.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>
    /// For transports to send what connections are told: SignalR drops what is still on its way through its pipes when it closes them, and there
    /// is nothing to ask whether it has left.
    /// </summary>
    private static readonly TimeSpan Telling = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private CancellationTokenRegistration _stopping;
    private Task? _drained;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // the last to register is the first to be called: before SignalR closes its connections, which it will when this returns
        _stopping = lifetime.ApplicationStopping.Register(() => DrainOnceAsync().GetAwaiter().GetResult());
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => DrainOnceAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private Task DrainOnceAsync()
    {
        lock (_lock)
            return _drained ??= Task.Run(DrainAsync);
    }

    private async Task DrainAsync()
    {
        node.BeginDraining();
        DrainBegan(logger, sessions.Count, rooms.Count);
        try
        {
            await Task.WhenAll(TellAsync(), SeeThroughAsync());
            DrainEnded(logger);
        }
        catch (TimeoutException)
        {
            DrainBroken(logger, Longest.TotalSeconds);
        }
        finally
        {
            // now that the last edit was told to them
            followers.Drain();
        }
    }

    private async Task TellAsync()
    {
        var told = new ErrorMessage { Code = ErrorCodes.ServerDraining, Message = "The server is stopping; connect again." };
        // each by its id: over a backplane, all would be those of the other nodes too, which do not stop
        var (documents, chats, presences) = (IdsOf(documentConnections), IdsOf(chatConnections), IdsOf(presenceConnections));
        await Task.WhenAll(
            documentHub.Clients.Clients(documents).Error(told), chatHub.Clients.Clients(chats).Error(told), presenceHub.Clients.Clients(presences).Error(told));
        // the transports go by the system's clock, whatever ours is
        if (documents.Count + chats.Count + presences.Count > 0)
            await Task.Delay(Telling, TimeProvider.System);
    }

    private Task SeeThroughAsync() => Task.WhenAll(sessions.DrainAsync(), rooms.DrainAsync()).WaitAsync(Longest, time);

    private static List<string> IdsOf<TConnection>(HubConnections<TConnection> connections)
        where TConnection : CollabConnection => [.. connections.All.Select(connection => connection.ConnectionId)];

    [LoggerMessage(ServerEventIds.DrainBegan, LogLevel.Information, "Stopping: {Documents} open documents and {Rooms} open rooms finish what was submitted.")]
    private static partial void DrainBegan(ILogger logger, int documents, int rooms);

    [LoggerMessage(ServerEventIds.DrainEnded, LogLevel.Information, "Everything submitted is committed or answered.")]
    private static partial void DrainEnded(ILogger logger);

    [LoggerMessage(ServerEventIds.DrainBroken, LogLevel.Warning, "Stopping with work unanswered after {Seconds} s: the store is slow. It will be sent again.")]
    private static partial void DrainBroken(ILogger logger, double seconds);
}
