using System.Runtime.InteropServices;

namespace RealtimeCollab.OperationalTransform;

/// <summary>One range of a selection; a cursor if both ends are equal. Positions are in UTF-16 code units.</summary>
/// <param name="Anchor">Where the selecting began.</param>
/// <param name="Head">Where it ends: the side that moves, the cursor.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SelectionRange(int Anchor, int Head)
{
    /// <summary>A cursor.</summary>
    /// <param name="position">Where, in UTF-16 code units.</param>
    public static SelectionRange Cursor(int position) => new(position, position);

    /// <summary>Whether nothing is selected.</summary>
    public bool IsCursor => Anchor == Head;

    /// <summary>The range after an operation: an insert exactly at an end pushes that end right, whoever made it.</summary>
    /// <param name="operation">An operation on the document that the range is in.</param>
    public SelectionRange Transform(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var anchor = TransformPosition(Anchor, operation);
        return new SelectionRange(anchor, IsCursor ? anchor : TransformPosition(Head, operation));
    }

    /// <summary>A position after an operation. One beyond the operation's end moves as the document's end does.</summary>
    /// <param name="position">In UTF-16 code units, 0 or more.</param>
    /// <param name="operation">An operation on the document that the position is in.</param>
    public static int TransformPosition(int position, TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var moved = (long)position;
        var left = position; // how far the position lies behind what has been walked
        foreach (ref readonly var component in operation.Components)
        {
            if (component.IsInsert)
            {
                moved += component.Length;
                continue;
            }

            if (component.IsDelete)
                moved -= Math.Min(left, component.Length);

            left -= component.Length;
            if (left < 0)
                break;
        }

        return (int)Math.Min(moved, int.MaxValue);
    }
}
