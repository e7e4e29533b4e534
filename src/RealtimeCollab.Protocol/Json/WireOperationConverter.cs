using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Protocol.Json;

internal sealed class WireOperationConverter : JsonConverter<WireOperation>
{
    public override WireOperation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var start = reader;
        var before = reader.TokenStartIndex;
        try
        {
            var operation = TextOperation.ReadAnyForm(ref reader);
            return new WireOperation(operation, refusal: null, reader.BytesConsumed - before);
        }
        catch (OperationException refusal)
        {
            // the reader stands somewhere inside the refused value: go over all of it, so that the frame stays readable
            reader = start;
            reader.Skip();
            return new WireOperation(operation: null, refusal, reader.BytesConsumed - before);
        }
    }

    public override void Write(Utf8JsonWriter writer, WireOperation value, JsonSerializerOptions options) =>
        value.GetOperation().WriteTo(writer);
}
