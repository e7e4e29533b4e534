using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeCollab.Protocol.Json;

/// <summary>Writes times as <see cref="UtcTime"/> has them, and reads any of ISO 8601.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[UtcTime.Length];
        UtcTime.Write(value, text);
        writer.WriteStringValue(text);
    }
}
