using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Protocol.Json;

internal sealed class DocumentContentConverter : JsonConverter<DocumentContent>
{
    public override DocumentContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var contentType = reader.TokenType == JsonTokenType.String ? ContentType.Text : ContentType.RichText;
        return new DocumentContent(Document.ReadContent(ref reader), contentType);
    }

    public override void Write(Utf8JsonWriter writer, DocumentContent value, JsonSerializerOptions options) =>
        value.Document.WriteContentTo(writer, value.ContentType);
}
