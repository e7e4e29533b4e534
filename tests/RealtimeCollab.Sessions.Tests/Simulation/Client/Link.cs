using RealtimeCollab.Sessions.Tests.Simulation.Server;

namespace RealtimeCollab.Sessions.Tests.Simulation.Client;

/// <summary>A client's connection as the client sees it. Each side notices its end for itself, in its own time.</summary>
internal sealed class Link(World world, SimulatedClient client, NodeConnection connection)
{
    public NodeConnection Connection => connection;

    public bool IsCut { get; private set; }

    /// <summary>Something came in; over a cut connection nothing comes.</summary>
    public void Deliver(Action deliver)
    {
        client.Process.Post(() =>
        {
            if (!IsCut)
                deliver();
        });
    }

    /// <summary>The client loses the connection; the node notices later, and takes what still arrives until then.</summary>
    public void Cut()
    {
        if (IsCut)
            return;
        IsCut = true;
        // a closing frame comes at once; without one, the node waits for a sign of life
        connection.Process.After(world.Latency(world.Random.Next(2) == 0 ? 20 : 3_000), () => connection.Process.Start(connection.CloseAsync));
        client.Process.Post(() => client.OnCut(this));
    }
}
