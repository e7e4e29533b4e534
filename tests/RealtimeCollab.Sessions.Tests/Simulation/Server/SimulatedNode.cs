using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Simulation.Client;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>
/// A server: real sessions behind what stands in for hubs. It may die at any await, and starts again with nothing but what the
/// store holds.
/// </summary>
internal sealed class SimulatedNode
{
    private static readonly TimeSpan HeadsInterval = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly List<NodeConnection> _connections = [];
    private int _starts;

    public SimulatedNode(World world, string name)
    {
        (_world, Name) = (world, name);
        Start();
    }

    public string Name { get; }

    public VirtualProcess Process { get; private set; } = null!;

    public DocumentSessions Sessions { get; private set; } = null!;

    /// <summary>Takes connections.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The sessions that connections have joined.</summary>
    public IEnumerable<DocumentSession> JoinedSessions => _connections.Select(connection => connection.Joined).OfType<DocumentSession>().Distinct();

    public NodeConnection Accept(SimulatedClient client)
    {
        var connection = new NodeConnection(_world, this, client, $"{Name}.{_starts}.{client.Name}.{_connections.Count}");
        _connections.Add(connection);
        return connection;
    }

    public void Remove(NodeConnection connection) => _connections.Remove(connection);

    /// <summary>Everything in memory is gone, wherever the code stands; connections break, sooner or later.</summary>
    public void Crash()
    {
        _world.Trace.Add(Name, "crashes");
        _world.Tally.Count("crash of a node");
        IsOpen = false;
        Process.Kill();
        BreakConnections();
    }

    /// <summary>Stops in good order: what was submitted is seen through.</summary>
    public void Drain()
    {
        IsOpen = false;
        var process = Process;
        process.Start(async () =>
        {
            _world.Trace.Add(Name, "drains");
            await Sessions.DrainAsync();
            if (!process.IsAlive)
                return;
            _world.Trace.Add(Name, "drained");
            _world.Tally.Count("node drained");
            process.Kill();
            BreakConnections();
        });
    }

    /// <summary>Starts, if it does not run.</summary>
    public void Start()
    {
        if (Process is { IsAlive: true })
            return;
        _starts++;
        Process = _world.NewProcess(Name);
        Sessions = new DocumentSessions(
            _world.Store, _world.Store, new RoomNotifier(_world, this), _world.Options, Process.Time, new NodeLogger<DocumentSessions>(_world));
        IsOpen = true;
        _world.Trace.Add(Name, "starts");
        Process.Start(WatchHeadsAsync);
    }

    /// <summary>A message for all members of a document on this node.</summary>
    public void Tell(string documentId, Action<SimulatedClient> message, NodeConnection? except = null)
    {
        foreach (var connection in _connections)
        {
            if (connection.IsInGroup(documentId) && connection != except)
                _world.Network.Push(connection.Link!, () => message(connection.Client));
        }
    }

    private void BreakConnections()
    {
        foreach (var connection in _connections)
            connection.Client.Process.After(_world.Latency(1_000), connection.Link!.Cut);
        _connections.Clear();
    }

    /// <summary>Once a second, whatever notices got lost: what other nodes have committed.</summary>
    private async Task WatchHeadsAsync()
    {
        while (true)
        {
            await Task.Delay(HeadsInterval, Process.Time);
            var sessions = JoinedSessions.ToList();
            try
            {
                var heads = await _world.Store.FindAllAsync([.. sessions.Select(session => session.DocumentId)], CancellationToken.None);
                foreach (var head in heads)
                    await sessions.Find(session => session.DocumentId == head.DocumentId)!.CatchUpAsync(head.Revision);
            }
            catch (CollabException failure) when (failure.Error is CollabError.StoreUnavailable or CollabError.ServerDraining)
            {
                // the next second comes
            }
        }
    }
}
