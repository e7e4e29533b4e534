using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Rooms;

namespace RealtimeCollab.Server.Documents;

/// <summary>What a connection to the document hub has open.</summary>
internal sealed class DocumentConnection(
    HubCallerContext context, ClientIdentity identity, PresenceConnection presence, Rates rates)
    : CollabConnection(context, identity, presence)
{
    private static readonly ImmutableDictionary<string, JoinedDocument> None = ImmutableDictionary.Create<string, JoinedDocument>(StringComparer.Ordinal);

    // for the few that a connection is in: a fifth of the memory of a concurrent dictionary
    private ImmutableDictionary<string, JoinedDocument> _joined = None;

    public ConnectionRate Operations { get; } = rates.Operations.Open(identity.UserId);

    public ConnectionRate Selections { get; } = rates.Selections.Open(identity.UserId);

    public ConnectionRate Joins { get; } = rates.Joins.Open(identity.UserId);

    public ConnectionRate Reads { get; } = rates.Reads.Open(identity.UserId);

    public int JoinedCount => _joined.Count;

    public IEnumerable<JoinedDocument> Joined => _joined.Values;

    public JoinedDocument? Find(string documentId) => _joined.GetValueOrDefault(documentId);

    public void Add(JoinedDocument joined)
    {
        ImmutableInterlocked.AddOrUpdate(ref _joined, joined.Session.DocumentId, joined, (_, _) => joined);
        Presence.Join(joined.Session.DocumentId);
    }

    public void Remove(JoinedDocument joined)
    {
        ImmutableInterlocked.TryRemove(ref _joined, joined.Session.DocumentId, out _);
        Presence.Leave(joined.Session.DocumentId);
    }

    public RoomMember ToMember(bool isReading, bool isEditing) => new()
    {
        ConnectionId = ConnectionId,
        ClientId = Identity.ClientId,
        UserId = Identity.UserId,
        UserName = Identity.UserName,
        Device = Identity.Device,
        IsReading = isReading,
        IsEditing = isEditing,
    };

    protected override void LeaveAll()
    {
        foreach (var joined in _joined.Values)
        {
            joined.Session.Room.Leave(ConnectionId);
            joined.Dispose();
        }

        _joined = None;
        Operations.Dispose();
        Selections.Dispose();
        Joins.Dispose();
        Reads.Dispose();
    }
}
