using System.Collections.Immutable;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>
/// The clients of a document, with the others' selections where they are in the text as it stands here. Selections come
/// in terms of a revision: those of a later one wait for it, those of an earlier one are carried forward.
/// </summary>
internal sealed class RoomView
{
    private const int RememberedEntries = 256;

    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Revision, ClientSelection Selection)> _early = new(StringComparer.Ordinal);
    private readonly Queue<CommittedOperation> _recent = new();

    private ImmutableArray<Person>? _published;

    public ImmutableArray<Person> People => _published ??= [.. _people.Values];

    /// <summary>
    /// Takes the list of a snapshot, or of a change of members, whose selections are at that revision. The client itself may be missing in it.
    /// </summary>
    public void Replace(IEnumerable<Participant> participants, long revision, string? ownClientId, ClientState state)
    {
        var self = ownClientId is null ? null : _people.GetValueOrDefault(ownClientId);
        _people.Clear();
        if (self is not null)
            _people.Add(self.ClientId, self);
        foreach (var participant in participants)
            Add(participant, revision, ownClientId, state);

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
        if (_people.Remove(clientId))
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
        if (_people.Count == 0)
            return;

        foreach (var person in _people.Values.Where(person => person.Selection is not null).ToList())
            _people[person.ClientId] = person with { Selection = person.Selection!.Transform(applied) };

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

    private void Add(Participant participant, long revision, string? ownClientId, ClientState state)
    {
        var isSelf = participant.ClientId == ownClientId;
        var selection = isSelf ? null : Locate(participant.Selection, Math.Min(revision, state.Revision), state);
        _people[participant.ClientId] = Person.From(participant, isSelf, selection);
    }

    private void Move(long revision, ClientSelection moved, ClientState state)
    {
        if (revision > state.Revision)
            _early[moved.ClientId] = (revision, moved);
        else if (_people.TryGetValue(moved.ClientId, out var person) && !person.IsSelf)
            _people[moved.ClientId] = person with { Selection = Locate(moved.Selection, revision, state) };
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
