using System.Globalization;
using RealtimeCollab.Client.Tests.Replica;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client.Tests.Simulation;

/// <summary>
/// Replicas on a bad network, thousands of steps from a seed. At the end all show what the log says, every edit stands in
/// it exactly once, and each replica's changes lead to its content one by one.
/// </summary>
public sealed class ConvergenceTests
{
    private const int Steps = 400;
    private const char FirstMark = '\u4e00';

    /// <summary>More by hand: the first seed and how many, in the environment.</summary>
    private static readonly int FirstSeed = Setting("REALTIMECOLLAB_SEED", 1);
    private static readonly int Runs = Setting("REALTIMECOLLAB_RUNS", 200);

    [Fact]
    public void Replicas_OnABadNetwork_ConvergeWithEveryEditOnce()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Runs; seed++)
            Run(seed);
    }

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var server = new ScriptedServer("start");
        SimulatedClient[] clients = [.. Enumerable.Range(0, 2 + random.Next(3)).Select(i => new SimulatedClient($"c{i}", server, random))];
        var stragglers = new List<Action>();
        var marks = 0;
        var told = 0L;
        for (var step = 0; step < Steps; step++)
        {
            Step(clients[random.Next(clients.Length)], random, stragglers, ref marks);
            Tell(server, clients, ref told);
        }

        foreach (var straggler in stragglers)
            straggler();
        Heal(server, clients, ref told);
        Check(seed, server, clients, marks);
    }

    private static void Step(SimulatedClient client, Random random, List<Action> stragglers, ref int marks)
    {
        switch (random.Next(20))
        {
            case 0 when client.IsConnected:
                client.Cut(stragglers);
                break;
            case 0 or 1 or 2 when !client.IsConnected:
                client.Connect();
                break;
            case < 6 when client.Replica.HasContent:
                client.Edit((char)(FirstMark + marks++));
                break;
            case 6 when stragglers.Count > 0:
                stragglers[0]();
                stragglers.RemoveAt(0);
                break;
            case 7 when random.Next(4) == 0:
                client.Kill(stragglers);
                break;
            case 7:
                client.Heartbeat();
                break;
            default:
                client.Deliver();
                break;
        }
    }

    /// <summary>The server pushes what was committed, several entries at once if there are several.</summary>
    private static void Tell(ScriptedServer server, SimulatedClient[] clients, ref long told)
    {
        if (server.Head == told)
            return;

        var batch = server.Read(told);
        told = server.Head;
        foreach (var client in clients)
            client.Push(batch);
    }

    private static void Heal(ScriptedServer server, SimulatedClient[] clients, ref long told)
    {
        foreach (var client in clients.Where(client => !client.IsConnected))
            client.Connect();

        for (var quiet = 0; quiet < 3; quiet++)
        {
            foreach (var client in clients)
            {
                client.Heartbeat();
                for (var i = 0; i < 10_000 && !client.IsAtRest; i++, quiet = 0)
                    client.Deliver();
            }

            Tell(server, clients, ref told);
        }
    }

    private static void Check(int seed, ScriptedServer server, SimulatedClient[] clients, int marks)
    {
        var because = string.Create(CultureInfo.InvariantCulture, $"seed {seed}");
        foreach (var client in clients)
        {
            Assert.True(client.Replica.State == DocumentState.Synchronized, $"{because}: {client.Replica.State}, not synchronized");
            Assert.True(client.Mismatches == 0, $"{because}: a client at the server's revision had other content");
            Assert.True(client.Replica.Revision == server.Head, $"{because}: a client is at another revision");
            Assert.True(client.Replica.Content.ToString() == server.Content.ToString(), $"{because}: a client shows another text");
            Assert.True(client.Told.ToString() == server.Content.ToString(), $"{because}: the changes that were told lead elsewhere");
        }

        var inserted = server.Log.SelectMany(Inserted).Where(unit => unit >= FirstMark).ToList();
        Assert.True(inserted.Count == inserted.Distinct().Count(), $"{because}: an edit stands in the log twice");
        Assert.True(inserted.Count <= marks, $"{because}: the log holds what nobody typed");
    }

    private static IEnumerable<char> Inserted(Protocol.Documents.CommittedOperation entry)
    {
        var inserted = new List<char>();
        foreach (ref readonly var component in entry.Operation.Components)
        {
            if (component.Kind == ComponentKind.Insert)
                inserted.AddRange(component.Text);
        }

        return inserted;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;
}
