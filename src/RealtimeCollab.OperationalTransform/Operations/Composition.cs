namespace RealtimeCollab.OperationalTransform;

/// <summary>compose(a, b): one operation that does what a and then b do.</summary>
internal static class Composition
{
    public static TextOperation Compose(TextOperation first, TextOperation second)
    {
        if (first.TargetLength != second.BaseLength)
            throw Refusal.BaseLength("The second operation", second.BaseLength, first.TargetLength);

        if (first.IsNoop)
            return second;
        if (second.IsNoop)
            return first;

        var composed = ComponentList.Rent();
        try
        {
            Walk(new OperationIterator(first), new OperationIterator(second), ref composed);
            return composed.ToOperation();
        }
        finally
        {
            composed.Return();
        }
    }

    private static void Walk(OperationIterator first, OperationIterator second, ref ComponentList composed)
    {
        while (true)
        {
            if (!first.AtEnd && first.Current.IsDelete)
            {
                composed.Delete(first.Remaining);
                first.AdvanceComponent();
            }
            else if (second.AtInsert)
            {
                composed.Insert(second.Current);
                second.AdvanceComponent();
            }
            else if (first.AtEnd)
            {
                return; // the lengths fit, so the second is at its end too
            }
            else
            {
                var length = Math.Min(first.Remaining, second.Remaining);
                Pair(first, second.Current, length, ref composed);
                first.Advance(length);
                second.Advance(length);
            }
        }
    }

    /// <summary>What the first retains or inserts meets what the second retains or deletes.</summary>
    private static void Pair(in OperationIterator first, in Component second, int length, ref ComponentList composed)
    {
        if (!first.Current.IsInsert)
        {
            if (second.IsDelete)
                composed.Delete(length);
            else
                composed.Retain(length, AttributeMap.Compose(first.Current.AttributesOrNull, second.AttributesOrNull, keepNull: true));
            return;
        }

        var part = first.Peek(length);
        CheckCut(first, part, length);
        if (!second.IsDelete)
            composed.Insert(second.AttributesOrNull is { } changes ? part.With(AttributeMap.Compose(part.AttributesOrNull, changes, keepNull: false)) : part);
    }

    /// <summary>The second operation may not cut a surrogate pair that the first inserted.</summary>
    private static void CheckCut(in OperationIterator first, in Component part, int length)
    {
        if (length < first.Remaining && part.Kind == ComponentKind.Insert && char.IsHighSurrogate(part.Text[^1]))
            throw Refusal.SplitSurrogate(length);
    }
}
