namespace RealtimeCollab.OperationalTransform;

/// <summary>transform: one operation carried over another that is made for the same document.</summary>
internal static class Transformation
{
    /// <summary>
    /// The half of transform that carries <paramref name="moved"/> over <paramref name="over"/>. The two halves of a pair are two calls, with the
    /// operations exchanged and exactly one of them winning.
    /// </summary>
    public static TextOperation Carry(TextOperation moved, TextOperation over, bool wins)
    {
        if (moved.BaseLength != over.BaseLength)
            throw Refusal.BaseLength("The operation", moved.BaseLength, over.BaseLength);

        if (over.IsNoop)
            return moved;

        return ShiftedChange.TryCarry(moved, over, wins) ?? CarryComponents(moved, over, wins);
    }

    /// <summary>The long way, over every component of both.</summary>
    internal static TextOperation CarryComponents(TextOperation moved, TextOperation over, bool wins)
    {
        var carried = ComponentList.Rent();
        try
        {
            Walk(new OperationIterator(moved), new OperationIterator(over), wins, ref carried);
            return carried.ToOperation();
        }
        finally
        {
            carried.Return();
        }
    }

    private static void Walk(OperationIterator moved, OperationIterator over, bool wins, ref ComponentList carried)
    {
        while (true)
        {
            var overInserts = over.AtInsert;
            if (moved.AtInsert && (wins || !overInserts))
            {
                carried.Insert(moved.Current);
                moved.AdvanceComponent();
            }
            else if (overInserts)
            {
                carried.Retain(over.Current.Length, null);
                over.AdvanceComponent();
            }
            else if (moved.AtEnd)
            {
                return; // the lengths fit, so the other is at its end too
            }
            else
            {
                var length = Math.Min(moved.Remaining, over.Remaining);
                if (!over.Current.IsDelete)
                    Keep(moved.Current, over.Current, length, wins, ref carried);

                moved.Advance(length);
                over.Advance(length);
            }
        }
    }

    private static void Keep(in Component moved, in Component over, int length, bool wins, ref ComponentList carried)
    {
        if (moved.IsDelete)
            carried.Delete(length);
        else
            carried.Retain(length, wins ? moved.AttributesOrNull : AttributeMap.Without(moved.AttributesOrNull, over.AttributesOrNull));
    }
}
