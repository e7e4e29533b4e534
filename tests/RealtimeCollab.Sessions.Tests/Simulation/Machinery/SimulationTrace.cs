using System.Globalization;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Sessions.Tests.Simulation.Machinery;

/// <summary>What happened, in order: always as a hash, so that two runs of a seed can be compared, and as lines when someone will read them.</summary>
internal sealed class SimulationTrace(ManualTime clock, bool keepsLines)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly List<string> _lines = [];

    public ulong Hash { get; private set; } = FnvOffset;

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string who, string what, long value = 0)
    {
        Mix(who);
        Mix(what);
        Mix(value);
        Mix(clock.GetTimestamp());
        if (keepsLines)
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() - _start).TotalMilliseconds,9:0.0} {who,-8} {what} {value}"));
    }

    private void Mix(string text)
    {
        foreach (var unit in text)
            Hash = (Hash ^ unit) * FnvPrime;
    }

    private void Mix(long value)
    {
        for (var shift = 0; shift < 64; shift += 8)
            Hash = (Hash ^ (byte)(value >> shift)) * FnvPrime;
    }
}
