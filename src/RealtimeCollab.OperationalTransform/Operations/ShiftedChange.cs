namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// The short way to carry an operation over another, for when the two change different places, as most concurrent edits do: then the one stays as it is
/// but for the length of what it keeps in front of its first or behind its last change.
/// </summary>
internal static class ShiftedChange
{
    /// <summary>The operation carried over, or null if the two touch each other and the long way is needed.</summary>
    public static TextOperation? TryCarry(TextOperation moved, TextOperation over, bool wins)
    {
        if (moved.IsNoop)
            return TextOperation.Noop(over.TargetLength);

        var change = over.TargetLength - over.BaseLength;
        if (IsBefore(over, moved, tie: !wins))
            return With(moved, before: change, behind: 0);

        return IsBefore(moved, over, tie: wins) ? With(moved, before: 0, behind: change) : null;
    }

    /// <summary>
    /// Whether all that the left changes lies before all that the right changes. Where the left ends with an insert at the very place where the right
    /// begins with one, the tie decides.
    /// </summary>
    private static bool IsBefore(TextOperation left, TextOperation right, bool tie)
    {
        var leftEnd = left.BaseLength - Kept(left.Components[^1]);
        var rightStart = Kept(right.Components[0]);
        if (leftEnd != rightStart || tie)
            return leftEnd <= rightStart;

        return !LastChange(left.Components).IsInsert || !FirstChange(right.Components).IsInsert;
    }

    private static int Kept(in Component component) => component.IsPlainRetain ? component.Length : 0;

    private static ref readonly Component FirstChange(ReadOnlySpan<Component> components) => ref components[components[0].IsPlainRetain ? 1 : 0];

    private static ref readonly Component LastChange(ReadOnlySpan<Component> components) => ref components[^(components[^1].IsPlainRetain ? 2 : 1)];

    private static TextOperation With(TextOperation operation, int before, int behind)
    {
        var components = operation.Components;
        if ((long)operation.TargetLength + before + behind > int.MaxValue)
            throw Refusal.OutOfRange();

        before += Kept(components[0]);
        behind += Kept(components[^1]);
        var changes = components[(components[0].IsPlainRetain ? 1 : 0)..^(components[^1].IsPlainRetain ? 1 : 0)];
        var shifted = new Component[changes.Length + (before > 0 ? 1 : 0) + (behind > 0 ? 1 : 0)];
        var next = 0;
        if (before > 0)
            shifted[next++] = Component.Retain(before);

        foreach (ref readonly var change in changes)
            shifted[next++] = change;

        if (behind > 0)
            shifted[next] = Component.Retain(behind);

        var lengthChange = operation.TargetLength - operation.BaseLength;
        var baseLength = operation.BaseLength + before + behind - Kept(components[0]) - Kept(components[^1]);
        return new TextOperation(shifted, baseLength, baseLength + lengthChange, operation.IsRich);
    }
}
