using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents.Notices;

/// <summary>A document has been appended to.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Incarnation">Which of the documents of this id: one that was deleted and created again is another.</param>
/// <param name="Revision">The head that the append led to.</param>
/// <param name="Entries">What was appended, consecutive and up to the revision; empty if that was too much to tell.</param>
public sealed record CommitNotice(string DocumentId, string Incarnation, long Revision, IReadOnlyList<LogEntry> Entries);
