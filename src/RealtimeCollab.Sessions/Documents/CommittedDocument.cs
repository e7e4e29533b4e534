using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>What is known to be in the log: the content at its head and the last entries. Advanced by the turn alone, read by anyone.</summary>
internal sealed class CommittedDocument(SessionState state, RecentOperations recent)
{
    private SessionState _state = state;

    public SessionState State => Volatile.Read(ref _state);

    public RecentOperations Recent { get; } = recent;

    /// <summary>Takes entries that the log holds now, and the content that they lead to.</summary>
    public void Advance(IReadOnlyList<LogEntry> entries, Document document)
    {
        var last = entries[^1];
        // first the entries, then the revision: whoever sees the revision finds the entries
        Recent.Add(entries);
        Volatile.Write(ref _state, new SessionState(last.Revision, document, last.Timestamp));
    }

    /// <summary>Takes entries that others appended.</summary>
    public void Advance(IReadOnlyList<LogEntry> entries)
    {
        var document = State.Document.ToBuilder();
        for (var i = 0; i < entries.Count; i++)
            document.Apply(entries[i].Operation);
        Advance(entries, document.ToDocument());
    }

    /// <summary>Goes on from a later state whose history is not at hand: what leads there was compacted away.</summary>
    public void Restart(SessionState state)
    {
        Recent.Restart(state.Revision);
        Volatile.Write(ref _state, state);
    }
}
