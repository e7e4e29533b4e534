using RealtimeCollab.Client;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>What one client is promised, checked after everything that happens to it.</summary>
internal sealed class ClientPromises(string name, string userId, Ledger ledger, SimulationScheduler scheduler)
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private readonly HashSet<char> _owed = [];
    private readonly HashSet<char> _copied = [];
    private readonly List<long> _applied = [];
    private Document _told = Document.Empty;
    private long _revision;
    private bool _wasReset;

    /// <summary>False for an operation that was sent before.</summary>
    public bool TryAddSent(string operationId) => _sent.Add(operationId);

    /// <summary>The user typed or took back.</summary>
    public void OnEdited(IReadOnlyList<char> marks, Document now)
    {
        var text = now.ToString();
        _owed.UnionWith(marks);
        // what the user took away before it was saved is nothing that could get lost
        _owed.RemoveWhere(mark => !text.Contains(mark, StringComparison.Ordinal));
    }

    /// <summary>The replica told of a change.</summary>
    public void OnChanged(DocumentChangedEventArgs change)
    {
        _told = _told.Apply(change.Operation);
        scheduler.Require(Content.AreEqual(_told, change.Content), $"{name}: the changes that were told do not lead to the content");
        if (change.Origin == ChangeOrigin.Reload)
        {
            _wasReset = true;
            _applied.Clear();
        }
        else if (change.Entry is { } entry)
        {
            _applied.Add(entry.Revision);
            scheduler.Require(entry.Revision <= ledger.Head && ledger[entry.Revision].Operation.Equals(entry.Operation), $"P4: {name} got a revision {entry.Revision} that is not the log's");
        }
    }

    public void OnConflict(DocumentConflict conflict)
    {
        if (conflict.Pending is { } pending)
            _copied.UnionWith(Marks.InsertedBy(pending));
        foreach (var mark in _owed)
            scheduler.Require(ledger.Holds(mark) || _copied.Contains(mark), $"P3: {name}'s edit {(int)mark:x} is not in the conflict copy");
    }

    /// <summary>The server refused edits, and the user has them back.</summary>
    public void OnRejected(IReadOnlyList<TextOperation> operations)
    {
        foreach (var operation in operations)
            _copied.UnionWith(Marks.InsertedBy(operation));
        OnDiscarded();
    }

    /// <summary>The copy is the user's now; the document starts over.</summary>
    public void OnDiscarded() => _owed.RemoveWhere(_copied.Contains);

    public void Check(DocumentReplica replica)
    {
        if (replica.NeedsContent)
            return;
        CheckOrder(replica);
        var expected = ledger.ContentAt(replica.Revision);
        if (replica.Pending is { } pending)
            expected = expected.Apply(pending);
        scheduler.Require(Content.AreEqual(replica.Content, expected), $"P3: {name} shows at {replica.Revision} what the log and its own edits do not lead to");
        var text = replica.Content.ToString();
        _owed.RemoveWhere(ledger.Holds);
        foreach (var mark in _owed)
        {
            scheduler.Require(
                text.Contains(mark, StringComparison.Ordinal) || _copied.Contains(mark),
                $"P3: {name}'s edit {(int)mark:x} is neither saved, nor shown, nor in a conflict copy");
        }
    }

    /// <summary>P3, at the end: everything is saved, or was given to the user.</summary>
    public void CheckAtRest(DocumentReplica replica)
    {
        Check(replica);
        scheduler.Require(replica.Pending is null, $"P3: {name} still has edits that are not saved");
        scheduler.Require(Content.AreEqual(replica.Content, ledger.ContentAt(ledger.Head)), $"P3: {name} shows something else than the store");
        foreach (var mark in _owed)
            scheduler.Require(_copied.Contains(mark), $"P3: {name}'s edit {(int)mark:x} is neither in the log nor in a conflict copy");
    }

    /// <summary>P4: each revision since the last look was applied once, in order, or is an own one that was on show already.</summary>
    private void CheckOrder(DocumentReplica replica)
    {
        if (_wasReset)
        {
            // a snapshot: from there on, in order again
            _wasReset = false;
            _revision = _applied.Count > 0 ? _applied[0] - 1 : replica.Revision;
        }

        var next = 0;
        for (var revision = _revision + 1; revision <= replica.Revision; revision++)
        {
            if (next < _applied.Count && _applied[next] == revision)
                next++;
            else
                scheduler.Require(ledger[revision].UserId == userId && _sent.Contains(ledger[revision].OperationId), $"P4: {name} did not apply {revision}");
        }

        scheduler.Require(next == _applied.Count, $"P4: {name} applied {string.Join(' ', _applied)} on the way from {_revision} to {replica.Revision}");
        _applied.Clear();
        _revision = replica.Revision;
    }
}
