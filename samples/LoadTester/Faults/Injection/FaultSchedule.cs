using System.Diagnostics;
using RealtimeCollab.LoadTester.Faults.Traffic;

namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>Lets one fault follow the other; each begins when everybody has got over the one before.</summary>
internal sealed class FaultSchedule(FaultSite site, Crowd crowd, IReadOnlyList<IFault> faults, Action<string> tell)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    /// <summary>All of them at least once, and on while there is time.</summary>
    public async Task<IReadOnlyList<FaultOutcome>> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var outcomes = new List<FaultOutcome>();
        var begin = Stopwatch.GetTimestamp();
        tell("everybody writes");
        await RecoverAsync(begin, cancellationToken);
        while (outcomes.Count < faults.Count || Stopwatch.GetElapsedTime(begin) < duration)
        {
            var outcome = await RunAsync(faults[outcomes.Count % faults.Count], cancellationToken);
            outcomes.Add(outcome);
            if (outcome.Recovery is null)
                break;
            await FaultSite.HoldAsync(Calm, cancellationToken);
        }

        return outcomes;
    }

    private async Task<FaultOutcome> RunAsync(IFault fault, CancellationToken cancellationToken)
    {
        tell(fault.Name);
        crowd.TakeLongestWait();
        var begin = Stopwatch.GetTimestamp();
        await fault.InjectAsync(site, cancellationToken);
        var held = Stopwatch.GetElapsedTime(begin);
        tell($"after {fault.Name}");
        var recovery = await RecoverAsync(Stopwatch.GetTimestamp(), cancellationToken);
        return new FaultOutcome(fault.Name, held, recovery, crowd.TakeLongestWait());
    }

    /// <summary>Until everybody's edits, made after the moment, are acknowledged, and everybody sees others'. Null: not within our patience.</summary>
    private async Task<TimeSpan?> RecoverAsync(long moment, CancellationToken cancellationToken)
    {
        while (!crowd.IsBeyond(moment))
        {
            if (Stopwatch.GetElapsedTime(moment) > Patience)
                return null;
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(moment);
    }
}

/// <summary>What a fault did to people.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Held">From its beginning until what can be made good again was.</param>
/// <param name="Recovery">From then until everybody had written and seen others write; null: they never did.</param>
/// <param name="LongestWait">The longest that anybody waited for an acknowledgement, from the fault's beginning on.</param>
internal sealed record FaultOutcome(string Fault, TimeSpan Held, TimeSpan? Recovery, TimeSpan LongestWait);
