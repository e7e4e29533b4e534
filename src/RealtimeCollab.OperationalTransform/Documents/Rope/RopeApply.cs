namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>Applies an operation to a tree: each change by itself, O(log n) apiece. All is checked before anything changes.</summary>
internal static class RopeApply
{
    /// <summary>The tree after an operation.</summary>
    /// <param name="owner">The token of a writer who may change nodes of his own in place; null to leave every node as it is.</param>
    /// <param name="root">The tree.</param>
    /// <param name="operation">An operation whose base length is the tree's length.</param>
    public static RopeNode Apply(object? owner, RopeNode root, TextOperation operation)
    {
        if (operation.BaseLength != root.Length)
            throw Refusal.BaseLength("The operation", operation.BaseLength, root.Length);

        var components = operation.Components;
        if (IsOneSplice(components))
            return ApplyEach(owner, root, components); // a splice checks itself before it changes anything
        if (root.Length == 0)
            return Load(owner, components);

        CheckCuts(root, operation);
        return ApplyEach(owner ?? new object(), root, components);
    }

    /// <summary>Refuses an operation with a boundary inside a surrogate pair.</summary>
    public static void CheckCuts(RopeNode root, TextOperation operation)
    {
        var position = 0;
        foreach (ref readonly var component in operation.Components)
        {
            RopeEditor.CheckCut(root, position);
            position += component.IsInsert ? 0 : component.Length;
        }
    }

    /// <summary>A whole content, of inserts alone, is laid down from the start to the end.</summary>
    private static RopeNode Load(object? owner, ReadOnlySpan<Component> inserts)
    {
        var loader = new RopeLoader(owner);
        foreach (ref readonly var insert in inserts)
            loader.Append(insert.DocumentText, insert.AttributesOrNull, insert.Embed);
        return loader.ToRope();
    }

    private static bool IsOneSplice(ReadOnlySpan<Component> components)
    {
        if (!components.IsEmpty && components[0].IsPlainRetain)
            components = components[1..];
        if (!components.IsEmpty && components[^1].IsPlainRetain)
            components = components[..^1];

        return components switch
        {
            [var only] => only.IsInsert || only.IsDelete,
            [var insert, var delete] => insert.IsInsert && delete.IsDelete,
            _ => components.IsEmpty,
        };
    }

    private static RopeNode ApplyEach(object? owner, RopeNode root, ReadOnlySpan<Component> components)
    {
        var position = 0;
        for (var i = 0; i < components.Length; i++)
        {
            ref readonly var component = ref components[i];
            if (component.Kind != ComponentKind.Retain)
            {
                // an insert and the delete behind it are one replacement
                var deleted = component.IsDelete ? component.Length : 0;
                if (deleted == 0 && i + 1 < components.Length && components[i + 1].IsDelete)
                    deleted = components[++i].Length;

                root = RopeEditor.Splice(owner, root, Splice(position, deleted, component));
                position += component.IsInsert ? component.Length : 0;
                continue;
            }

            if (component.AttributesOrNull is { } attributes)
                root = RopeEditor.Format(owner, root, position, component.Length, attributes);

            position += component.Length;
        }

        return root;
    }

    private static Splice Splice(int position, int deleted, in Component component) => new()
    {
        Position = position,
        Deleted = deleted,
        Text = component.DocumentText,
        Attributes = component.AttributesOrNull,
        Embed = component.Embed,
    };
}
