using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>Letters that stand for one edit each: every edit that inserts begins with one that no other edit uses, so that it can be found again.</summary>
internal static class Marks
{
    public const char First = '\u4e00';
    private const char Last = '\u9fff';

    public static bool IsMark(char unit) => unit is >= First and <= Last;

    public static IReadOnlyList<char> InsertedBy(TextOperation operation)
    {
        List<char>? marks = null;
        foreach (ref readonly var component in operation.Components)
        {
            if (component.Kind != ComponentKind.Insert)
                continue;
            foreach (var unit in component.Text)
            {
                if (IsMark(unit))
                    (marks ??= []).Add(unit);
            }
        }

        return marks ?? (IReadOnlyList<char>)[];
    }
}
