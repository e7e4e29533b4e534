using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Reads what <see cref="ContentWriter"/> writes: a string, or an array of inserts as they stand in operations.</summary>
internal static class ContentReader
{
    public static Document Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return Document.FromText(JsonInput.Text(ref reader));
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Shape("Content is a string or an array of inserts.");

        var inserts = OperationReader.Read(ref reader);
        if (inserts.BaseLength > 0)
            throw Shape("Content holds inserts only.");

        return Document.Empty.Apply(inserts);
    }

    private static OperationException Shape(string message) => new(OperationReason.ContentType, message);
}
