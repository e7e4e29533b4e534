using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>
/// All that the store ever committed of one document, beside the store and never compacted: what everything else is compared
/// with. Checks the promises about the log itself as entries come in.
/// </summary>
internal sealed class Ledger(string documentId, ContentType contentType, bool mayTypeAgain, SimulationScheduler scheduler)
{
    private readonly List<LogEntry> _entries = [];
    private readonly List<Document> _contents = [Document.Empty];
    private readonly Dictionary<(string UserId, string OperationId), long> _revisions = [];
    private readonly Dictionary<char, int> _marks = [];

    public string DocumentId => documentId;

    public ContentType ContentType => contentType;

    public long Head => _entries.Count;

    public LogEntry this[long revision] => _entries[(int)revision - 1];

    /// <summary>The entries up to each revision, replayed.</summary>
    public Document ContentAt(long revision) => _contents[(int)revision];

    public long? FindRevision(string userId, string operationId) =>
        _revisions.TryGetValue((userId, operationId), out var revision) ? revision : null;

    public bool Holds(char mark) => _marks.ContainsKey(mark);

    /// <summary>The store committed an entry.</summary>
    public void Add(LogEntry entry)
    {
        scheduler.Require(entry.Revision == Head + 1, $"P4: revision {entry.Revision} of {documentId} follows {Head} in the log");
        scheduler.Require(
            _revisions.TryAdd((entry.UserId, entry.OperationId), entry.Revision),
            $"P2: {entry.OperationId} of {entry.UserId} is in the log of {documentId} as {FindRevision(entry.UserId, entry.OperationId)} and as {entry.Revision}");
        _contents.Add(_contents[^1].Apply(entry.Operation));
        _entries.Add(entry);
        foreach (var mark in Marks.InsertedBy(entry.Operation))
        {
            _marks[mark] = _marks.GetValueOrDefault(mark) + 1;
            scheduler.Require(
                mayTypeAgain || _marks[mark] == 1, $"P2: the edit {(int)mark:x} took effect twice in {documentId}, at {entry.Revision} for the second time");
        }
    }
}
