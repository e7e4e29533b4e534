using RealtimeCollab.OperationalTransform.Rope;

namespace RealtimeCollab.OperationalTransform;

/// <summary>invert(operation, document): what takes the operation back. Reads only what the operation deletes or formats.</summary>
internal static class Inversion
{
    public static TextOperation Invert(TextOperation operation, Document before)
    {
        if (operation.BaseLength != before.Length)
            throw Refusal.BaseLength("The operation", operation.BaseLength, before.Length);

        RopeApply.CheckCuts(before.Root, operation);
        var inverse = ComponentList.Rent();
        try
        {
            var position = 0;
            foreach (ref readonly var component in operation.Components)
            {
                if (component.IsInsert)
                {
                    inverse.Delete(component.Length);
                    continue;
                }

                if (component.IsDelete)
                    Restore(before.GetChunks(position, component.Length), ref inverse);
                else if (component.AttributesOrNull is { } changes)
                    TakeBack(before.GetChunks(position, component.Length), changes, ref inverse);
                else
                    inverse.Retain(component.Length, null);

                position += component.Length;
            }

            return inverse.ToOperation();
        }
        finally
        {
            inverse.Return();
        }
    }

    private static void Restore(DocumentChunks deleted, ref ComponentList inverse)
    {
        foreach (var chunk in deleted)
        {
            inverse.Insert(chunk.Embed is { } embed
                ? Component.InsertEmbed(embed, chunk.AttributesOrNull)
                : Component.Insert(chunk.Text.ToString(), chunk.AttributesOrNull));
        }
    }

    private static void TakeBack(DocumentChunks formatted, AttributeMap changes, ref ComponentList inverse)
    {
        foreach (var chunk in formatted)
            inverse.Retain(chunk.Text.Length, AttributeMap.Invert(changes, chunk.AttributesOrNull));
    }
}
