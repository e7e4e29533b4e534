using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Protocol.MessagePack.Framing;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>
/// Brings a value to the JSON that means the same, so that the contracts of System.Text.Json can read it. A timestamp becomes a string as JavaScript's
/// toISOString makes one, binary data become base64; other extensions, and keys of maps that are no strings, are refused.
/// </summary>
internal static class MessagePackToJson
{
    // nobody sees it, so nothing needs escapes
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The next value as JSON, in a buffer that is the caller's to dispose.</summary>
    /// <exception cref="MessagePackException">JSON has no such value.</exception>
    public static PooledBuffer Convert(ref MessagePackReader reader)
    {
        var buffer = PooledBuffer.Rent();
        try
        {
            using var json = new Utf8JsonWriter(buffer, Compact);
            Write(ref reader, json);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Refuses binary data: where text is expected, the base64 of something else would be taken for it.</summary>
    /// <exception cref="MessagePackException">There are some.</exception>
    public static void RefuseBinary(ReadOnlySpan<byte> values)
    {
        var reader = new MessagePackReader(values);
        while (reader.Remaining > 0)
        {
            reader.Read(out var token);
            if (token.Type == MessagePackType.Binary)
                throw new MessagePackException(MessagePackFault.Type, "Binary data cannot stand here.");
        }
    }

    private static void Write(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        reader.Read(out var token);
        switch (token.Type)
        {
            case MessagePackType.Array:
                json.WriteStartArray();
                for (var i = 0; i < token.Count; i++)
                    Write(ref reader, json);
                json.WriteEndArray();
                break;
            case MessagePackType.Map:
                json.WriteStartObject();
                for (var i = 0; i < token.Count; i++)
                {
                    WriteKey(ref reader, json);
                    Write(ref reader, json);
                }

                json.WriteEndObject();
                break;
            default:
                WriteScalar(token, json);
                break;
        }
    }

    private static void WriteKey(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        reader.Read(out var key);
        if (key.Type != MessagePackType.String)
            throw new MessagePackException(MessagePackFault.Type, $"A key of a map is of type {key.Type}; it has to be a string.");
        MessagePackText.Check(key.Bytes);
        json.WritePropertyName(key.Bytes);
    }

    private static void WriteScalar(in MessagePackToken token, Utf8JsonWriter json)
    {
        switch (token.Type)
        {
            case MessagePackType.Nil:
                json.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                json.WriteBooleanValue(token.Boolean);
                break;
            case MessagePackType.Integer when token.IsBeyondInt64:
                json.WriteNumberValue(unchecked((ulong)token.Integer));
                break;
            case MessagePackType.Integer:
                json.WriteNumberValue(token.Integer);
                break;
            case MessagePackType.Float:
                WriteFloat(token, json);
                break;
            case MessagePackType.String:
                MessagePackText.Check(token.Bytes);
                json.WriteStringValue(token.Bytes);
                break;
            case MessagePackType.Binary:
                json.WriteBase64StringValue(token.Bytes);
                break;
            default:
                WriteExtension(token, json);
                break;
        }
    }

    private static void WriteFloat(in MessagePackToken token, Utf8JsonWriter json)
    {
        if (!double.IsFinite(token.Float))
            throw new MessagePackException(MessagePackFault.NotFinite, "A number is not finite.");
        if (token.IsSingle)
            json.WriteNumberValue((float)token.Float);
        else
            json.WriteNumberValue(token.Float);
    }

    private static void WriteExtension(in MessagePackToken token, Utf8JsonWriter json)
    {
        if (token.ExtensionType != MessagePackCode.Timestamp)
            throw new MessagePackException(MessagePackFault.Type, $"The extension type {token.ExtensionType} is not known.");
        Span<byte> time = stackalloc byte[UtcTime.Length];
        UtcTime.Write(MessagePackTimestamp.Read(token.Bytes), time);
        json.WriteStringValue(time);
    }
}
