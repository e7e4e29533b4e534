using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Reads the array form: numbers retain (above 0) or delete (below), strings insert, objects carry attributes, embeds and Quill's spelling of all
/// three. <see cref="OperationJsonWriter"/> describes what is written.
/// </summary>
internal static class OperationReader
{
    /// <summary>Reads an array of components.</summary>
    public static TextOperation Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Refusal.NotAnOperation();

        JsonInput.Next(ref reader);
        return ReadComponents(ref reader);
    }

    /// <summary>Reads the components of an array whose bracket has been passed, up to the closing one.</summary>
    public static TextOperation ReadComponents(ref Utf8JsonReader reader)
    {
        var components = ComponentList.Rent();
        try
        {
            while (reader.TokenType != JsonTokenType.EndArray)
            {
                ReadComponent(ref reader, ref components);
                JsonInput.Next(ref reader);
            }

            return components.ToOperation();
        }
        finally
        {
            components.Return();
        }
    }

    private static void ReadComponent(ref Utf8JsonReader reader, ref ComponentList components)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                var length = JsonInput.Length(ref reader);
                if (length > 0)
                    components.Retain(length, null);
                else if (length < 0)
                    components.Delete(-length);
                else
                    throw Refusal.ZeroLength();
                break;
            case JsonTokenType.String:
                components.Insert(Component.Insert(InsertText(ref reader)));
                break;
            case JsonTokenType.StartObject:
                ComponentObjectReader.Read(ref reader, ref components);
                break;
            default:
                throw Refusal.ComponentType("A component");
        }
    }

    /// <summary>The text of an insert, which is never empty.</summary>
    public static string InsertText(ref Utf8JsonReader reader)
    {
        var text = JsonInput.Text(ref reader);
        return text.Length > 0 ? text : throw Refusal.EmptyInsert();
    }
}
