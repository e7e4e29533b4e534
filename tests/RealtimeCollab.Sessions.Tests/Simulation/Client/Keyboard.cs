using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;

namespace RealtimeCollab.Sessions.Tests.Simulation.Client;

/// <summary>The person at a client: edits, connected or not, takes back, redoes and moves the cursor.</summary>
internal sealed class Keyboard
{
    private readonly World _world;
    private readonly SimulatedClient _client;
    private readonly ClientPromises _promises;
    private readonly Typist _typist;
    private UndoManager _undo;

    public Keyboard(World world, SimulatedClient client, ClientPromises promises, ContentType contentType)
    {
        (_world, _client, _promises) = (world, client, promises);
        _typist = new Typist(world.Random, contentType);
        _undo = new UndoManager(client.Process.Time);
        client.Process.After(world.Between(10, 1_000), Press);
    }

    /// <summary>The content changed, by whomever.</summary>
    public void OnChanged(DocumentChangedEventArgs change)
    {
        if (change.Origin == ChangeOrigin.Remote)
            _undo.ApplyRemote(change.Operation);
        else if (change.Origin == ChangeOrigin.Reload)
            _undo = new UndoManager(_client.Process.Time);
    }

    private void Press()
    {
        if (!_world.Faults.AreOn)
            return;
        _client.Process.After(_world.Between(20, 700), Press);
        var replica = _client.Replica;
        if (replica.NeedsContent || replica.Conflict is not null)
            return;
        switch (_world.Random.Next(20))
        {
            case 0 when _world.MayUndo:
                TakeBack(_undo.Undo(replica.Content));
                break;
            case 1 when _world.MayUndo:
                TakeBack(_undo.Redo(replica.Content));
                break;
            case 2 or 3:
                _client.Receive(at => at.Select(_typist.Select(at.Content)));
                break;
            case 4 when replica.Content.Length < 2_000:
                Edit((document, mark) => _typist.Paste(document, mark));
                break;
            default:
                Edit((document, mark) => _typist.Edit(document, mark));
                break;
        }
    }

    private void Edit(Func<Document, char, TextOperation> make)
    {
        var before = _client.Replica.Content;
        var operation = make(before, _world.NextMark());
        _undo.ApplyLocal(operation, before);
        Apply(operation);
    }

    private void TakeBack(TextOperation? operation)
    {
        if (operation is not null)
            Apply(operation);
    }

    private void Apply(TextOperation operation)
    {
        _world.Trace.Add(_client.Name, "edits", operation.TargetLength - operation.BaseLength);
        _client.Receive(replica =>
        {
            replica.Apply(operation);
            _promises.OnEdited(Marks.InsertedBy(operation), replica.Content);
        });
    }
}
