namespace RealtimeCollab.Sessions.Storage;

/// <summary>Entries to append to one document, all or none.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Incarnation">Must be that of the document's row.</param>
/// <param name="ExpectedRevision">Must be the revision of the document's row; the first entry has this + 1.</param>
/// <param name="Entries">At least one, with consecutive revisions.</param>
public sealed record AppendBatch(
    string DocumentId, string Incarnation, long ExpectedRevision, IReadOnlyList<LogEntry> Entries)
{
    /// <summary>
    /// If given, must be the <see cref="DocumentHead.MembershipVersion"/> of the document's row: what the authors may do was looked up
    /// at this one, and a right that was taken away since must not count.
    /// </summary>
    public long? MembershipVersion { get; init; }

    /// <summary>For stores, before anything is written.</summary>
    /// <exception cref="InvalidOperationException">There are no entries, or their revisions do not follow the expected one.</exception>
    public void ThrowIfInvalid()
    {
        if (Entries.Count == 0)
            throw new InvalidOperationException("A batch has at least one entry.");

        for (var index = 0; index < Entries.Count; index++)
        {
            if (Entries[index].Revision != ExpectedRevision + 1 + index)
                throw new InvalidOperationException($"Entry {index} has revision {Entries[index].Revision}.");
        }
    }
}

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>All entries are on disk.</summary>
    Appended,

    /// <summary>The document is not where the batch expected it: nothing was written.</summary>
    Conflict,
}
