using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Sessions.Rooms;

namespace RealtimeCollab.Server.Connections;

/// <summary>What a connection to the document hub has open. Lives as long as the connection; the hub itself keeps nothing.</summary>
internal sealed class DocumentConnection(
    HubCallerContext context, ClientIdentity identity, ServerLimits limits, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, JoinedDocument> _joined = new(StringComparer.Ordinal);
    private readonly TurnGate _turns = new();

    /// <summary>Absent under a lifetime manager that is not ours.</summary>
    private readonly Receiver? _receiver = context.Features.Get<Receiver>();

    private bool _isClosed;

    public string ConnectionId { get; } = context.ConnectionId;

    public ClientIdentity Identity => identity;

    public ClaimsPrincipal User { get; } = context.User!;

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationToken Aborted { get; } = context.ConnectionAborted;

    public TokenBucket Operations { get; } = new(limits.OperationsPerSecond, time);

    public TokenBucket Selections { get; } = new(limits.SelectionsPerSecond, time);

    /// <summary>Tells whoever sends to the connection that a large answer is on its way, so that it does not look slow.</summary>
    /// <param name="bytes">About how large.</param>
    public void ExpectLargeAnswer(long bytes) => _receiver?.ExpectLargeAnswer(bytes);

    public int JoinedCount => _joined.Count;

    public JoinedDocument? Find(string documentId) => _joined.GetValueOrDefault(documentId);

    public void Add(JoinedDocument joined) => _joined[joined.Session.DocumentId] = joined;

    public void Remove(JoinedDocument joined) => _joined.TryRemove(joined.Session.DocumentId, out _);

    /// <summary>Waits until no other join or leave of this connection is under way; disposing the result lets the next one in.</summary>
    /// <exception cref="OperationCanceledException">The connection is gone.</exception>
    public async ValueTask<IDisposable> EnterTurnAsync()
    {
        var turn = await _turns.EnterAsync(Aborted);
        if (!_isClosed)
            return turn;
        turn.Dispose();
        throw new OperationCanceledException("The connection is closed.");
    }

    /// <summary>Leaves every document. A join that comes later is refused.</summary>
    public async Task CloseAsync()
    {
        using var turn = await _turns.EnterAsync(CancellationToken.None);
        _isClosed = true;
        foreach (var joined in _joined.Values)
        {
            joined.Session.Room.Leave(ConnectionId);
            joined.Dispose();
        }

        _joined.Clear();
    }

    public RoomMember ToMember(bool isReading, bool isEditing) => new()
    {
        ConnectionId = ConnectionId,
        ClientId = identity.ClientId,
        UserId = identity.UserId,
        UserName = identity.UserName,
        Color = UserColors.For(identity.UserId),
        Device = identity.Device,
        IsReading = isReading,
        IsEditing = isEditing,
    };

    public void Dispose() => _turns.Dispose();
}
