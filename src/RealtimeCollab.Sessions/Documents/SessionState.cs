using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>A document at a revision; whoever holds one keeps it, while the session goes on.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Document">The content at it.</param>
/// <param name="UpdatedAt">When the revision was committed, or the document created.</param>
public sealed record SessionState(long Revision, Document Document, DateTimeOffset UpdatedAt);
