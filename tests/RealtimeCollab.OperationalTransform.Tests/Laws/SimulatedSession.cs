namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>The smallest server that is right: a log, each operation carried over what it did not know, and each submission taken once.</summary>
internal sealed class SimulatedSession
{
    private readonly List<(SimulatedClient Author, OutgoingOperation Outgoing, TextOperation Committed)> _log = [];

    public SimulatedSession(Document start, int clients)
    {
        Document = start;
        Clients = [.. Enumerable.Range(0, clients).Select(_ => new SimulatedClient(this, start))];
    }

    public Document Document { get; private set; }

    public IReadOnlyList<SimulatedClient> Clients { get; }

    public int Revision => _log.Count;

    public (SimulatedClient Author, TextOperation Operation) Entry(long revision) => (_log[(int)revision].Author, _log[(int)revision].Committed);

    public void Submit(SimulatedClient author, OutgoingOperation outgoing)
    {
        var operation = outgoing.Operation;
        for (var revision = (int)outgoing.BaseRevision; revision < _log.Count; revision++)
        {
            if (ReferenceEquals(_log[revision].Outgoing, outgoing))
                return; // committed before

            operation = operation.TransformOver(_log[revision].Committed);
        }

        Document = Document.Apply(operation);
        _log.Add((author, outgoing, operation));
    }

    /// <summary>Everybody sends and receives until nothing is left.</summary>
    public void Settle()
    {
        while (Clients.Any(client => client.State.Outgoing is not null || client.State.Revision < Revision))
        {
            foreach (var client in Clients)
            {
                client.Send();
                client.Receive();
            }
        }
    }
}

/// <summary>A client with an editor and an undo history.</summary>
internal sealed class SimulatedClient(SimulatedSession session, Document start)
{
    private readonly UndoManager _undo = new(TimeProvider.System, pause: TimeSpan.Zero);
    private OutgoingOperation? _sent;

    public Document Document { get; private set; } = start;

    public ClientState State { get; private set; } = ClientState.Synchronized(0);

    public void Edit(TextOperation operation)
    {
        _undo.ApplyLocal(operation, Document);
        Apply(operation);
    }

    public void UndoOrRedo(bool undo)
    {
        if ((undo ? _undo.Undo(Document) : _undo.Redo(Document)) is { } operation)
            Apply(operation);
    }

    public void Send()
    {
        if (State.Outgoing is { } outgoing && !ReferenceEquals(outgoing, _sent))
        {
            _sent = outgoing;
            session.Submit(this, outgoing);
        }
    }

    public void Resend()
    {
        if (_sent is not null && ReferenceEquals(State.Outgoing, _sent))
            session.Submit(this, _sent);
    }

    public void Receive()
    {
        if (State.Revision == session.Revision)
            return;

        var (author, operation) = session.Entry(State.Revision);
        if (ReferenceEquals(author, this))
        {
            State = State.Acknowledge();
            return;
        }

        (State, var apply) = State.ApplyRemote(operation);
        Document = Document.Apply(apply);
        _undo.ApplyRemote(apply);
    }

    private void Apply(TextOperation operation)
    {
        Document = Document.Apply(operation);
        State = State.ApplyLocal(operation);
    }
}
