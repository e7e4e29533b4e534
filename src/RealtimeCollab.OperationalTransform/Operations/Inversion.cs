namespace RealtimeCollab.OperationalTransform;

/// <summary>invert(operation, document): what takes the operation back.</summary>
internal static class Inversion
{
    public static TextOperation Invert(TextOperation operation, Document before)
    {
        if (operation.BaseLength != before.Length)
            throw Refusal.BaseLength("The operation", operation.BaseLength, before.Length);

        before.Apply(operation); // refuses what cuts a surrogate pair
        var inverse = ComponentList.Rent();
        try
        {
            var content = new OperationIterator(before.Content);
            foreach (ref readonly var component in operation.Components)
            {
                if (component.IsInsert)
                {
                    inverse.Delete(component.Length);
                    continue;
                }

                for (var left = component.Length; left > 0;)
                {
                    var length = Math.Min(left, content.Remaining);
                    if (component.IsDelete)
                        inverse.Insert(content.Peek(length));
                    else
                        inverse.Retain(length, AttributeMap.Invert(component.AttributesOrNull, content.Current.AttributesOrNull));

                    content.Advance(length);
                    left -= length;
                }
            }

            return inverse.ToOperation();
        }
        finally
        {
            inverse.Return();
        }
    }
}
