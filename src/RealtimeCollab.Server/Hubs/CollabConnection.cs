using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Hubs;

/// <summary>What a connection to a hub has open. Lives as long as the connection; the hub itself keeps nothing.</summary>
internal abstract class CollabConnection(HubCallerContext context, ClientIdentity identity, PresenceConnection presence) : IDisposable
{
    private readonly TurnGate _turns = new();

    /// <summary>Absent under a lifetime manager that is not ours.</summary>
    private readonly Receiver? _receiver = context.Features.Get<Receiver>();

    private bool _isClosed;

    public string ConnectionId { get; } = context.ConnectionId;

    public ClientIdentity Identity => identity;

    /// <summary>What others see of it.</summary>
    public PresenceConnection Presence => presence;

    public ClaimsPrincipal User { get; } = context.User!;

    /// <summary>Its place among those that the user and the address may have; given back when it ends.</summary>
    public IDisposable? Seat { get; set; }

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Aborted { get; } = context.ConnectionAborted;

    /// <summary>Tells whoever sends to the connection that a large answer is on its way, so that it does not look slow.</summary>
    /// <param name="bytes">About how large.</param>
    public void ExpectLargeAnswer(long bytes) => _receiver?.ExpectLargeAnswer(bytes);

    /// <summary>Waits until no other join or leave of this connection is under way; disposing the result lets the next one in.</summary>
    /// <exception cref="OperationCanceledException">The connection is gone.</exception>
    public ValueTask<IDisposable> EnterTurnAsync() => EnterTurnAsync(Aborted);

    /// <inheritdoc cref="EnterTurnAsync()"/>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<IDisposable> EnterTurnAsync(CancellationToken cancellationToken)
    {
        var turn = await _turns.EnterAsync(cancellationToken);
        if (!_isClosed)
            return turn;
        turn.Dispose();
        throw new OperationCanceledException("The connection is closed.");
    }

    /// <summary>Leaves everything. A join that comes later is refused.</summary>
    public async Task CloseAsync()
    {
        using var turn = await _turns.EnterAsync(CancellationToken.None);
        _isClosed = true;
        LeaveAll();
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>In the connection's last turn. The groups of the hub are SignalR's to leave.</summary>
    protected abstract void LeaveAll();
}
