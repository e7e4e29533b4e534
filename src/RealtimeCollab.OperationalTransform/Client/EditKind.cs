namespace RealtimeCollab.OperationalTransform;

/// <summary>What a user did, as far as the grouping of undo cares.</summary>
internal enum EditKind
{
    /// <summary>Inserted text in one place.</summary>
    Typing,

    /// <summary>Deleted in one place.</summary>
    Deleting,

    /// <summary>Anything else: a replacement, a format, several places at once, an embed.</summary>
    Other,
}

/// <summary>One edit seen as a change in one place.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Start">Where, in the document before and after it.</param>
/// <param name="End">Where what it inserted ends; for a delete, where what it deleted ended before.</param>
internal readonly record struct EditShape(EditKind Kind, int Start, int End)
{
    public static EditShape Of(TextOperation operation)
    {
        var components = operation.Components;
        var start = 0;
        if (!components.IsEmpty && components[0].IsPlainRetain)
        {
            start = components[0].Length;
            components = components[1..];
        }

        if (!components.IsEmpty && components[^1].IsPlainRetain)
            components = components[..^1];

        return components is not [var only] ? new EditShape(EditKind.Other, 0, 0)
            : only.Kind == ComponentKind.Insert ? new EditShape(EditKind.Typing, start, start + only.Length)
            : only.IsDelete ? new EditShape(EditKind.Deleting, start, start + only.Length)
            : new EditShape(EditKind.Other, 0, 0);
    }

    /// <summary>Whether an edit goes on where the one before left the cursor: typing forward, deleting either way.</summary>
    public bool Continues(EditKind kind, int cursor) =>
        Kind == kind && Kind switch
        {
            EditKind.Typing => Start == cursor,
            EditKind.Deleting => Start == cursor || End == cursor,
            _ => false,
        };

    /// <summary>Where the cursor stands afterwards.</summary>
    public int Cursor => Kind == EditKind.Typing ? End : Start;
}
