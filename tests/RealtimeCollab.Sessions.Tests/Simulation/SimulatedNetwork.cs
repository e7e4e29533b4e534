using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Sessions.Tests.Simulation.Client;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;
using RealtimeCollab.Sessions.Tests.Simulation.Server;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>
/// Carries calls, answers and pushed messages, each on a way of its own: so they overtake each other, some come late, twice or
/// never. What is lost of a call ends its connection, as SignalR's keep-alive does; what is lost of a push, nobody notices.
/// </summary>
internal sealed class SimulatedNetwork(World world)
{
    private readonly VirtualProcess _process = world.NewProcess("network");

    /// <summary>Makes a call over a connection; the answer comes, if it comes, while the link still holds.</summary>
    public void Call<T>(Link link, Func<NodeConnection, Task<T>> request, Action<T> answered, Action<string> refused)
    {
        if (world.Faults.Strikes(world.Faults.CallDoubled))
            _process.After(world.Latency(4_000), () => Serve(link, request, _ => { }, _ => { }));
        Carry(() => Serve(link, request, answered, refused), link);
    }

    /// <summary>A message to one member of a room.</summary>
    public void Push(Link link, Action deliver)
    {
        if (world.Faults.Strikes(world.Faults.PushLost))
            return;
        if (world.Faults.Strikes(world.Faults.PushDoubled))
            _process.After(Delay(), () => link.Deliver(deliver));
        _process.After(Delay(), () => link.Deliver(deliver));
    }

    /// <summary>A message from node to node.</summary>
    public void Forward(SimulatedNode to, Action<SimulatedNode> deliver)
    {
        if (!world.Faults.Strikes(world.Faults.BackplaneLost))
            _process.After(Delay(), () => deliver(to));
    }

    private void Serve<T>(Link link, Func<NodeConnection, Task<T>> request, Action<T> answered, Action<string> refused) =>
        link.Connection.Process.Start(async () =>
        {
            if (link.Connection.IsClosed)
                return;
            try
            {
                var answer = await request(link.Connection);
                Carry(() => link.Deliver(() => answered(answer)), link);
            }
            catch (CollabException refusal)
            {
                Carry(() => link.Deliver(() => refused(CodeOf(refusal.Error))), link);
            }
            catch (OperationCanceledException) when (link.Connection.IsClosed)
            {
                // nobody waits for the answer
            }
        });

    private void Carry(Action deliver, Link link)
    {
        if (world.Faults.Strikes(world.Faults.CallLost))
            _process.After(world.Between(100, 1_500), link.Cut);
        else
            _process.After(Delay(), deliver);
    }

    private TimeSpan Delay() => world.Latency(world.Faults.Strikes(world.Faults.Straggler) ? 4_000 : 40);

    private static string CodeOf(CollabError error) => error switch
    {
        CollabError.DocumentNotFound => ErrorCodes.DocumentNotFound,
        CollabError.SessionNotFound => ErrorCodes.SessionNotFound,
        CollabError.InvalidOperation => ErrorCodes.InvalidOperation,
        CollabError.RevisionAhead => ErrorCodes.RevisionAhead,
        CollabError.RevisionTooOld => ErrorCodes.RevisionTooOld,
        CollabError.OperationFailed => ErrorCodes.OperationFailed,
        CollabError.RateLimited => ErrorCodes.RateLimited,
        CollabError.StoreUnavailable => ErrorCodes.StoreUnavailable,
        CollabError.ServerDraining => ErrorCodes.ServerDraining,
        CollabError.PayloadTooLarge => ErrorCodes.PayloadTooLarge,
        _ => throw new SimulationFailure($"No call of a simulation should be refused as {error}."),
    };
}
