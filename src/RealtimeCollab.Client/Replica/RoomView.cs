using System.Collections.Immutable;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>
/// The other clients of a document, with their selections where they are in the text as it stands here. Selections come
/// in terms of a revision: those of a later one wait for it, those of an earlier one are carried forward.
/// </summary>
internal sealed class RoomView
{
    private const int RememberedEntries = 256;

    private readonly Dictionary<string, Participant> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Revision, ClientSelection Selection)> _early = new(StringComparer.Ordinal);
    private readonly Queue<CommittedOperation> _recent = new();

    private ImmutableArray<Participant>? _published;

    public ImmutableArray<Participant> Others => _published ??= [.. _others.Values];

    /// <summary>Takes the list of a snapshot, or of a change of members, whose selections are at that revision.</summary>
    public void Replace(IEnumerable<Participant> others, long revision, string? ownClientId, ClientState state)
    {
        _others.Clear();
        foreach (var other in others)
            Add(other, revision, ownClientId, state);

        Publish();
    }

    public void Join(Participant other, string? ownClientId, ClientState state)
    {
        Add(other, state.Revision, ownClientId, state);
        Publish();
    }

    public void Leave(string clientId)
    {
        _early.Remove(clientId);
        if (_others.Remove(clientId))
            Publish();
    }

    public void Move(SelectionsChanged message, ClientState state)
    {
        foreach (var selection in message.Selections)
            Move(message.Revision, selection, state);

        Publish();
    }

    /// <summary>Carries all selections over an operation that was applied to the text here.</summary>
    public void Transform(TextOperation applied)
    {
        if (_others.Count == 0)
            return;

        foreach (var other in _others.Values.Where(other => other.Selection is not null).ToList())
            _others[other.ClientId] = other with { Selection = other.Selection!.Transform(applied) };

        Publish();
    }

    /// <summary>The log went on by an entry, to the revision of <paramref name="state"/>.</summary>
    public void Advance(CommittedOperation entry, ClientState state)
    {
        _recent.Enqueue(entry);
        if (_recent.Count > RememberedEntries)
            _recent.Dequeue();

        if (_early.Count == 0)
            return;

        var due = _early.Values.Where(early => early.Revision <= state.Revision).ToList();
        foreach (var (revision, selection) in due)
        {
            _early.Remove(selection.ClientId);
            Move(revision, selection, state);
        }

        if (due.Count > 0)
            Publish();
    }

    /// <summary>The content was replaced: nothing leads from earlier positions to it.</summary>
    public void Forget()
    {
        _recent.Clear();
        _early.Clear();
    }

    private void Add(Participant other, long revision, string? ownClientId, ClientState state)
    {
        if (other.ClientId != ownClientId)
            _others[other.ClientId] = other with { Selection = Locate(other.Selection, Math.Min(revision, state.Revision), state) };
    }

    private void Move(long revision, ClientSelection moved, ClientState state)
    {
        if (revision > state.Revision)
            _early[moved.ClientId] = (revision, moved);
        else if (_others.TryGetValue(moved.ClientId, out var other))
            _others[moved.ClientId] = other with { Selection = Locate(moved.Selection, revision, state) };
    }

    /// <summary>A selection at a revision of the log, as it is in the text with the pending edits; null if it is older than what is remembered.</summary>
    private Selection? Locate(Selection? selection, long revision, ClientState state)
    {
        if (selection is null)
            return null;

        if (revision < state.Revision && !_recent.Any(entry => entry.Revision == revision + 1))
            return null;

        foreach (var entry in _recent)
        {
            if (entry.Revision > revision)
                selection = selection.Transform(entry.Operation);
        }

        if (state.Outstanding is { } outstanding)
            selection = selection.Transform(outstanding);
        return state.Buffer is { } buffer ? selection.Transform(buffer) : selection;
    }

    private void Publish() => _published = null;
}
