using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>Quill's own form of a document: <c>{"ops": [{"insert": …, "attributes": …}]}</c>.</summary>
internal static class DeltaFormat
{
    /// <summary>As Quill's <c>getContents</c> gives it, piece by piece.</summary>
    public static IEnumerable<string> Write(Document document)
    {
        var buffer = new ArrayBufferWriter<byte>(FilePieces.Length);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("ops");
        for (var start = 0; start < document.Length;)
        {
            start = FilePieces.Visit(document, start, chunk => WriteInsert(writer, chunk));
            yield return Take(writer, buffer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        yield return Take(writer, buffer);
    }

    private static string Take(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        var piece = Encoding.UTF8.GetString(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        return piece;
    }

    private static void WriteInsert(Utf8JsonWriter writer, DocumentChunk chunk)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("insert");
        if (chunk.Embed is { } embed)
            embed.WriteTo(writer);
        else
            writer.WriteStringValue(chunk.Text);
        if (chunk.Attributes.Count > 0)
        {
            writer.WriteStartObject("attributes");
            foreach (var (name, value) in chunk.Attributes)
                WriteAttribute(writer, name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter writer, string name, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeValueKind.Boolean:
                writer.WriteBoolean(name, value.AsBoolean());
                break;
            case AttributeValueKind.Number:
                writer.WriteNumber(name, value.AsDouble());
                break;
            default:
                writer.WriteString(name, value.AsString());
                break;
        }
    }

    /// <summary>The operation that writes a Delta into an empty document.</summary>
    /// <exception cref="OperationException">It cannot be read.</exception>
    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>: it does not only insert.</exception>
    public static TextOperation Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        // no list of operations: what they come to together can be a hundred times as large
        var operation = json.AsSpan().TrimStart().StartsWith('[') ? TextOperation.ParseArray(bytes) : TextOperation.Parse(bytes);
        operation.CheckAttributes();
        return operation.BaseLength == 0
            ? operation
            : throw CollabException.InvalidRequest("A Delta that is imported holds inserts alone.");
    }
}
