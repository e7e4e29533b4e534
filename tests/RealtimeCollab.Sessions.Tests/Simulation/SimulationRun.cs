using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>One run: trouble for some seconds of its own time, then everything heals, and everybody has to agree.</summary>
internal sealed class SimulationRun(World world)
{
    private const int MaxSteps = 2_000_000;
    private static readonly TimeSpan TimeToHeal = TimeSpan.FromMinutes(3);

    private long _steps;

    public SimulationResult ToEnd()
    {
        Disasters.Begin(world);
        var clock = world.Scheduler.Clock;
        var trouble = clock.GetUtcNow() + world.Between(3_000, 9_000);
        while (clock.GetUtcNow() < trouble)
            Step();

        Heal();
        var rest = clock.GetUtcNow() + TimeToHeal;
        while (!IsAtRest())
        {
            world.Scheduler.Require(clock.GetUtcNow() < rest, $"P3: no rest after {TimeToHeal}: {Describe()}");
            Step();
        }

        CheckAtRest();
        world.Tally.Count("operation committed", world.Ledgers.Sum(ledger => ledger.Head));
        return new SimulationResult(world.Trace.Hash, _steps, world.Tally);
    }

    private void Step()
    {
        world.Scheduler.Require(++_steps < MaxSteps, $"There is no end: {Describe()}");
        world.Scheduler.Step();
        world.Checks.CheckSessions();
    }

    private void Heal()
    {
        world.Trace.Add("fate", "heals");
        world.Faults.AreOn = false;
        foreach (var node in world.Nodes)
        {
            if (!node.IsOpen)
                node.Crash();
            node.Start();
        }
    }

    private bool IsAtRest() => world.Store.Late == 0 && !world.Checks.OwesAnswers && world.Clients.All(client => client.IsAtRest);

    private void CheckAtRest()
    {
        world.Scheduler.ThrowIfFailed();
        foreach (var client in world.Clients)
            client.CheckAtRest();
        foreach (var ledger in world.Ledgers)
        {
            var check = world.Store.CheckAsync(ledger);
            world.Scheduler.Require(check.IsCompleted, "The memory store answers at once.");
            check.GetAwaiter().GetResult();
        }
    }

    private string Describe() => string.Join("; ", world.Clients.Select(client =>
        $"{client.Name} is {client.Replica.State} at {client.Replica.Revision}")
        .Append(world.Checks.OwesAnswers ? "answers are owed" : "every call is answered")
        .Concat(world.Ledgers.Select(ledger => $"{ledger.DocumentId} is at {ledger.Head}")));
}
