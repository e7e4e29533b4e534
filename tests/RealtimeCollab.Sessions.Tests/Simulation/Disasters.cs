using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>What befalls whole nodes, clients and the store, now and then, until everything is to heal.</summary>
internal sealed class Disasters
{
    private readonly World _world;
    private readonly VirtualProcess _process;

    private Disasters(World world) => (_world, _process) = (world, world.NewProcess("fate"));

    /// <summary>Draws what is to come, and lets it come.</summary>
    public static void Begin(World world)
    {
        var disasters = new Disasters(world);
        disasters.Every(disasters.Draw(3_000), disasters.Crash);
        disasters.Every(disasters.Draw(4_000), disasters.Drain);
        disasters.Every(disasters.Draw(800), disasters.LeaveTogether);
        disasters.Every(disasters.Draw(4_000), () => world.Store.GoDown(world.Latency(4_000)));
        disasters.Every(disasters.Draw(1_500), () => disasters.Anyone().LoseConnection());
        disasters.Every(disasters.Draw(3_000), () => disasters.Anyone().GoAway(world.Between(500, 6_000)));
    }

    /// <summary>A proxy restarts: documents are left by all at once, and all come back about when the documents leave memory.</summary>
    private void LeaveTogether()
    {
        foreach (var client in _world.Clients)
            client.LoseConnection();
    }

    /// <summary>Null, and it never happens in this run; else about how many milliseconds lie between.</summary>
    private int? Draw(int least) => _world.Random.Next(2) == 0 ? null : least + _world.Random.Next(2 * least);

    private void Every(int? interval, Action disaster)
    {
        if (interval is { } milliseconds)
            _process.After(_world.Between(milliseconds / 4, milliseconds * 2), () => Strike(milliseconds, disaster));
    }

    private void Strike(int interval, Action disaster)
    {
        if (!_world.Faults.AreOn)
            return;
        disaster();
        Every(interval, disaster);
    }

    private void Crash()
    {
        var node = _world.Nodes[_world.Random.Next(_world.Nodes.Count)];
        node.Crash();
        _process.After(_world.Latency(2_000), node.Start);
    }

    private void Drain()
    {
        var node = _world.Nodes[_world.Random.Next(_world.Nodes.Count)];
        if (!node.IsOpen)
            return;
        node.Drain();
        // as a host does: the time to finish is limited
        var draining = node.Process;
        _process.After(_world.Between(200, 4_000), () =>
        {
            if (node.Process == draining && draining.IsAlive)
                node.Crash();
            node.Start();
        });
    }

    private Client.SimulatedClient Anyone() => _world.Clients[_world.Random.Next(_world.Clients.Count)];
}
