namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>
/// What goes wrong in a run and how often. Each fault is left out of some runs altogether: one that happens all the time hides
/// what only shows when it does not.
/// </summary>
internal sealed class Faults
{
    private const int Unit = 1_000;

    private readonly Random _random;

    public Faults(Random random)
    {
        _random = random;
        PushLost = Draw(80);
        PushDoubled = Draw(80);
        CallLost = Draw(30);
        CallDoubled = Draw(80);
        Straggler = Draw(60);
        BackplaneLost = Draw(300);
        PublishFails = Draw(50);
        AppendFailsBefore = Draw(120);
        AppendFailsAfter = Draw(120);
        AppendLandsLate = Draw(120);
        ReadFails = Draw(80);
        SnapshotFails = Draw(150);
    }

    /// <summary>False when everything is to heal.</summary>
    public bool AreOn { get; set; } = true;

    /// <summary>A message to one member of a room.</summary>
    public int PushLost { get; }

    public int PushDoubled { get; }

    /// <summary>A call or its answer; the connection is cut soon after, as SignalR's keep-alive would.</summary>
    public int CallLost { get; }

    /// <summary>The call is made twice, the other one perhaps much later.</summary>
    public int CallDoubled { get; }

    /// <summary>A message takes seconds, perhaps longer than its connection lasts.</summary>
    public int Straggler { get; }

    /// <summary>A message from node to node.</summary>
    public int BackplaneLost { get; }

    public int PublishFails { get; }

    public int AppendFailsBefore { get; }

    public int AppendFailsAfter { get; }

    /// <summary>The append fails, and takes place afterwards.</summary>
    public int AppendLandsLate { get; }

    public int ReadFails { get; }

    public int SnapshotFails { get; }

    /// <summary>Whether it happens now.</summary>
    public bool Strikes(int perThousand) => AreOn && perThousand > 0 && _random.Next(Unit) < perThousand;

    private int Draw(int most) => _random.Next(2) == 0 ? 0 : 1 + _random.Next(most);
}
