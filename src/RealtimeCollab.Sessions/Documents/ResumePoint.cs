using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>What brings a client up to <see cref="Revision"/>: the entries that it misses, or the whole content.</summary>
/// <param name="Revision">Where the client will be.</param>
/// <param name="Snapshot">The content, unless <paramref name="Entries"/> suffice.</param>
/// <param name="Entries">What came after the client's revision, if the gap is short.</param>
/// <param name="UpdatedAt">When the revision was committed, or the document created.</param>
public sealed record ResumePoint(
    long Revision, SessionState? Snapshot, IReadOnlyList<LogEntry> Entries, DateTimeOffset UpdatedAt);
