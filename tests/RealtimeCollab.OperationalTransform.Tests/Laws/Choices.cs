namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>
/// A source of choices given beforehand, each 0 when they are used up. Since 0 is the simplest choice everywhere, whatever shrinks the array shrinks the
/// case that is drawn from it; so FsCheck's shrinking of arrays works for operations, documents and whole sessions.
/// </summary>
internal sealed class Choices(int[] values) : Random
{
    private int _next;

    public override int Next(int maxValue) => maxValue <= 1 ? 0 : Draw() % maxValue;

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    private int Draw() => _next < values.Length ? values[_next++] : 0;
}
