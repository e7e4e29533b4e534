using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// Moves submitted operations over committed ones. Always one committed operation at a time: a transform over their composition
/// gives other results (see docs/algebra.md).
/// </summary>
internal static class TransformService
{
    /// <summary>
    /// The operation as it applies after <paramref name="committed"/>, and the author's selection, which stands behind the
    /// operation and so moves over what the committed one becomes there.
    /// </summary>
    public static (TextOperation Operation, Selection? Selection) MoveOver(
        TextOperation operation, Selection? selection, TextOperation committed)
    {
        if (selection is null)
            return (operation.TransformOver(committed), null);
        var (moved, committedBehind) = TextOperation.Transform(operation, committed);
        return (moved, selection.Transform(committedBehind));
    }
}
