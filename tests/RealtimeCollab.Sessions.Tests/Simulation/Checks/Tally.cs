using System.Globalization;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>How often what happened: faults that never come prove nothing.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string what] => _counts.GetValueOrDefault(what);

    public void Count(string what, long times = 1) => _counts[what] = this[what] + times;

    public void Add(Tally other)
    {
        foreach (var (what, times) in other._counts)
            Count(what, times);
    }

    public override string ToString() =>
        string.Join(", ", _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));
}
