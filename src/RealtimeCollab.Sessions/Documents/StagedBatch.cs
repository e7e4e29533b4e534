using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// What one append would make of a document: thrown away when the append loses the race, so nothing in here was shown to anyone.
/// </summary>
internal sealed class StagedBatch(SessionState from)
{
    private DocumentBuilder _document = from.Document.ToBuilder();
    private readonly List<StagedSubmission> _submissions = [];
    private readonly List<LogEntry> _entries = [];

    /// <summary>What an operation makes of a document is known when it was applied. From the first that was too much on, the document before it is kept.</summary>
    private bool _isNearLimit;

    public long ExpectedRevision => from.Revision;

    public Document Document => _document.ToDocument();

    public IReadOnlyList<LogEntry> Entries => _entries;

    public IReadOnlyList<StagedSubmission> Submissions => _submissions;

    /// <summary>The next revision, if something is added.</summary>
    public long NextRevision => from.Revision + _entries.Count + 1;

    /// <summary>The same operation, sent twice within the batch; it will have the revision of the first.</summary>
    public bool TryJoinEqual(PendingSubmission pending)
    {
        foreach (var entry in _entries)
        {
            if (!pending.IsSameAs(entry))
                continue;
            _submissions.Add(new StagedSubmission(pending, entry.Revision, Selection: null));
            return true;
        }

        return false;
    }

    /// <exception cref="CollabException"><see cref="CollabError.DocumentTooLarge"/>: its formats would be too heavy.</exception>
    public void Add(PendingSubmission pending, LogEntry entry, Selection? selection, long maxFormatWeight)
    {
        var before = _isNearLimit ? _document.ToDocument() : null;
        var weight = _document.FormatWeight;
        // throws before anything is added if the operation does not fit
        _document.Apply(entry.Operation);
        if (_document.FormatWeight is var heavier && heavier > maxFormatWeight && heavier > weight)
        {
            _document = before?.ToBuilder() ?? Restage();
            _isNearLimit = true;
            throw CollabException.FormatsTooHeavy(heavier, maxFormatWeight);
        }

        _entries.Add(entry);
        _submissions.Add(new StagedSubmission(pending, entry.Revision, selection));
    }

    private DocumentBuilder Restage()
    {
        var document = from.Document.ToBuilder();
        foreach (var entry in _entries)
            document.Apply(entry.Operation);
        return document;
    }
}

/// <summary>A submission with the revision and the selection that it has once the batch is committed.</summary>
internal sealed record StagedSubmission(PendingSubmission Pending, long Revision, Selection? Selection);
