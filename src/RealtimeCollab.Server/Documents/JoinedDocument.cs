using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;

namespace RealtimeCollab.Server.Documents;

/// <summary>A document that a connection is in. Changed only in the connection's turn, read from anywhere.</summary>
internal sealed class JoinedDocument(Lease<DocumentSession> lease, DocumentGrant grant) : IDisposable
{
    private TurnGate? _asking;
    private int _toldRole = (int)grant.Role;
    private volatile bool _isReading;
    private volatile bool _isEditing;

    public DocumentSession Session => lease.Session;

    /// <summary>What the connection's user may do.</summary>
    public DocumentGrant Grant => grant;

    /// <summary>The order in which the application is asked about the connection's operations. Without a wait handle, so it need not be disposed of.</summary>
    public TurnGate Asking => LazyInitializer.EnsureInitialized(ref _asking);

    /// <summary>The role that the connection was last told.</summary>
    public DocumentRole ToldRole
    {
        get => (DocumentRole)Volatile.Read(ref _toldRole);
        set => Volatile.Write(ref _toldRole, (int)value);
    }

    /// <summary>In the document's group; given up until somebody can tell again what the user may do.</summary>
    public GroupPlace Place { get; } = new();

    public bool IsReading { get => _isReading; set => _isReading = value; }

    public bool IsEditing { get => _isEditing; set => _isEditing = value; }

    /// <summary>Lets the session leave memory.</summary>
    public void Dispose() => lease.Dispose();
}
