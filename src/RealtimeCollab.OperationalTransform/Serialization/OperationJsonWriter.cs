using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Writes the canonical array form, which <see cref="OperationReader"/> reads:
/// <code>
/// retain n                 n
/// retain n, attributes     {"retain":n,"attributes":{...}}
/// delete n                 -n
/// insert text              "text"
/// insert text, attributes  {"insert":"text","attributes":{...}}
/// insert embed             {"insert":{"image":...}}, with attributes likewise
/// </code>
/// </summary>
internal static class OperationJsonWriter
{
    public static void Write(Utf8JsonWriter writer, TextOperation operation)
    {
        writer.WriteStartArray();
        foreach (ref readonly var component in operation.Components)
            Write(writer, component);

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, in Component component)
    {
        if (component.IsDelete)
            writer.WriteNumberValue(-component.Length);
        else if (component.IsInsert)
            WriteInsert(writer, component.Text, component.Embed, component.AttributesOrNull);
        else if (component.AttributesOrNull is { } attributes)
            WriteFormat(writer, component.Length, attributes);
        else
            writer.WriteNumberValue(component.Length);
    }

    /// <summary>An insert as it stands in operations and in the content of rich documents.</summary>
    public static void WriteInsert(Utf8JsonWriter writer, ReadOnlySpan<char> text, Embed? embed, AttributeMap? attributes)
    {
        if (embed is null && attributes is null)
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("insert"u8);
        if (embed is null)
            writer.WriteStringValue(text);
        else
            embed.WriteTo(writer);

        if (attributes is not null)
            WriteAttributes(writer, attributes);
        writer.WriteEndObject();
    }

    public static void WriteAttributes(Utf8JsonWriter writer, AttributeMap attributes)
    {
        writer.WriteStartObject("attributes"u8);
        foreach (var (name, value) in attributes.Entries)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter writer, int length, AttributeMap attributes)
    {
        writer.WriteStartObject();
        writer.WriteNumber("retain"u8, length);
        WriteAttributes(writer, attributes);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case AttributeValueKind.Number:
                writer.WriteNumberValue(value.AsDouble());
                break;
            case AttributeValueKind.Text:
                writer.WriteStringValue(value.AsString());
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
