using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Writes the content of a document piece by piece: as one string, or as an array of inserts as they stand in operations.</summary>
internal static class ContentWriter
{
    public static void WriteText(Utf8JsonWriter writer, Document document)
    {
        foreach (var chunk in document.Chunks)
            writer.WriteStringValueSegment(chunk.Text, isFinalSegment: false);

        writer.WriteStringValueSegment(default(ReadOnlySpan<char>), isFinalSegment: true);
    }

    public static void WriteRichText(Utf8JsonWriter writer, Document document)
    {
        writer.WriteStartArray();
        var open = false;
        AttributeMap? attributes = null;
        foreach (var chunk in document.Chunks)
        {
            if (open && (chunk.Embed is not null || !AttributeMap.Same(attributes, chunk.AttributesOrNull)))
            {
                EndText(writer, attributes);
                open = false;
            }

            if (chunk.Embed is not null)
            {
                OperationJsonWriter.WriteInsert(writer, default, chunk.Embed, chunk.AttributesOrNull);
                continue;
            }

            if (!open && chunk.AttributesOrNull is not null)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("insert"u8);
            }

            (open, attributes) = (true, chunk.AttributesOrNull);
            writer.WriteStringValueSegment(chunk.Text, isFinalSegment: false);
        }

        if (open)
            EndText(writer, attributes);

        writer.WriteEndArray();
    }

    private static void EndText(Utf8JsonWriter writer, AttributeMap? attributes)
    {
        writer.WriteStringValueSegment(default(ReadOnlySpan<char>), isFinalSegment: true);
        if (attributes is null)
            return;

        OperationJsonWriter.WriteAttributes(writer, attributes);
        writer.WriteEndObject();
    }
}
