using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Sessions.Chat;

/// <summary>The chat rooms that are open on this node.</summary>
public sealed class ChatRooms : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ChatServices _services;
    private readonly SessionRegistry<ChatRoom> _rooms;

    /// <summary>Makes an empty registry.</summary>
    public ChatRooms(
        IMessageStore messages,
        INotificationStore notifications,
        IChatEvents events,
        ChatOptions options,
        TimeProvider time,
        ILogger<ChatRooms> logger,
        CollabMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _services = new ChatServices(messages, notifications, events, options, time, logger, metrics, _stopping.Token);
        _rooms = new SessionRegistry<ChatRoom>(options.EvictionGrace, time, logger);
    }

    /// <summary>How many rooms are in memory.</summary>
    public int Count => _rooms.Count;

    /// <summary>Opens a room, or joins those who have it open.</summary>
    /// <param name="head">The room's row, as it was read a moment ago.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CollabException"><see cref="CollabError.ServerDraining"/>.</exception>
    public ValueTask<Lease<ChatRoom>> OpenAsync(RoomHead head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        // a room of the same name but of another incarnation is another room
        return _rooms.OpenAsync($"{head.RoomId} {head.Incarnation}", () => Task.FromResult(new ChatRoom(head, _services)), cancellationToken);
    }

    /// <summary>Opens nothing more, and closes every room after its queued work is done.</summary>
    public Task DrainAsync() => _rooms.DrainAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await DrainAsync();
        _stopping.Dispose();
    }
}
