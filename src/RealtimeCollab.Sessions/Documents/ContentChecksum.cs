namespace RealtimeCollab.Sessions.Documents;

/// <summary>The checksum of a document's content at a revision.</summary>
/// <param name="Revision">The revision that was hashed.</param>
/// <param name="Hash">As <see cref="OperationalTransform.Document.ComputeHash"/> gives it.</param>
public sealed record ContentChecksum(long Revision, string Hash);
