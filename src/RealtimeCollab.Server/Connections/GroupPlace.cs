namespace RealtimeCollab.Server.Connections;

/// <summary>
/// A connection's place in the group of what it has joined. Taken in the connection's turns; given up at any time by whoever finds that nobody can tell
/// any more what the user may do. The two never overtake each other: what the place is said to be, the group is.
/// </summary>
internal sealed class GroupPlace
{
    private readonly Lock _lock = new();
    private bool _isTaken;

    public bool IsTaken
    {
        get
        {
            lock (_lock)
                return _isTaken;
        }
    }

    /// <summary>Enters the group, unless the connection is in it.</summary>
    public Task TakeAsync(Func<Task> enter) => ChangeAsync(toTaken: true, enter);

    /// <summary>Leaves the group, unless the connection is out of it.</summary>
    public Task GiveUpAsync(Func<Task> leave) => ChangeAsync(toTaken: false, leave);

    private async Task ChangeAsync(bool toTaken, Func<Task> change)
    {
        Task changing;
        lock (_lock)
        {
            if (_isTaken == toTaken)
                return;
            // what is waited for below is the other nodes: our lifetime manager has changed its group when it returns
            changing = change();
            _isTaken = toTaken;
        }

        try
        {
            await changing;
        }
        catch
        {
            lock (_lock)
                _isTaken = !toTaken;
            throw;
        }
    }
}
