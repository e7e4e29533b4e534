using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;

namespace RealtimeCollab.Server.Documents;

/// <summary>A document that a connection is in. Changed only in the connection's turn, read from anywhere.</summary>
internal sealed class JoinedDocument(Lease<DocumentSession> lease, DocumentRole role) : IDisposable
{
    private volatile bool _isReading;
    private volatile bool _isEditing;

    public DocumentSession Session => lease.Session;

    public DocumentRole Role => role;

    public bool IsReading { get => _isReading; set => _isReading = value; }

    public bool IsEditing { get => _isEditing; set => _isEditing = value; }

    /// <summary>Lets the session leave memory.</summary>
    public void Dispose() => lease.Dispose();
}
