using System.Collections.Immutable;

namespace RealtimeCollab.LoadTester.Reports.Html;

/// <summary>Where values lie on an axis, and which of them are written beside it.</summary>
internal sealed class Axis
{
    private readonly Func<double, double> _place;

    private Axis(Func<double, double> place, ImmutableArray<Tick> ticks) => (_place, Ticks) = (place, ticks);

    public ImmutableArray<Tick> Ticks { get; }

    /// <summary>From 0 on to a round number that is not below a value.</summary>
    public static Axis Linear(double max, Func<double, string> write)
    {
        var step = RoundStep(max / 4);
        var end = step * Math.Max(1, Math.Ceiling(max / step));
        var count = (int)Math.Round(end / step);
        return new Axis(value => value / end, [.. Enumerable.Range(0, count + 1).Select(number => new Tick(number * step, write(number * step)))]);
    }

    /// <summary>From 0 to a time, in seconds, which need not be a round one.</summary>
    public static Axis Time(double end)
    {
        var step = RoundStep(end / 6);
        return Between(0, end, [.. Enumerable.Range(0, (int)(end / step) + 1).Select(number => new Tick(number * step, Figures.Seconds(number * step)))]);
    }

    /// <summary>From the power of ten below the smallest value to the one above the largest.</summary>
    public static Axis Logarithmic(double min, double max, Func<double, string> write)
    {
        var first = (int)Math.Floor(Math.Log10(Math.Max(min, 1e-3)));
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(Math.Max(max, 1e-3))));
        return new Axis(
            value => (Math.Log10(Math.Max(value, Math.Pow(10, first))) - first) / (last - first),
            [.. Enumerable.Range(first, last - first + 1).Select(power => new Tick(Math.Pow(10, power), write(Math.Pow(10, power))))]);
    }

    /// <summary>Between two values, with ticks of the caller's.</summary>
    public static Axis Between(double min, double max, params ImmutableArray<Tick> ticks) => new(value => max > min ? (value - min) / (max - min) : 0, ticks);

    /// <summary>0 to 1.</summary>
    public double Place(double value) => Math.Clamp(_place(value), 0, 1);

    private static double RoundStep(double step)
    {
        if (step <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}

/// <param name="Value">Where it is.</param>
/// <param name="Label">What is written there.</param>
internal readonly record struct Tick(double Value, string Label);
