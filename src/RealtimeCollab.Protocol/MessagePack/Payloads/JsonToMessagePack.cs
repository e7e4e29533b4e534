using System.Buffers;
using System.Text.Json;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>Brings JSON that was written here to the MessagePack that means the same: integers stay integers, what has a fraction or an exponent is a double.</summary>
internal static class JsonToMessagePack
{
    private const int StackLimit = 256;

    /// <summary>Writes one JSON value.</summary>
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        WriteValue(ref writer, ref reader);
    }

    private static void WriteValue(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                writer.WriteArrayHeader(CountItems(reader));
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    WriteValue(ref writer, ref reader);
                break;
            case JsonTokenType.StartObject:
                writer.WriteMapHeader(CountItems(reader));
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    WriteText(ref writer, ref reader);
                    reader.Read();
                    WriteValue(ref writer, ref reader);
                }

                break;
            case JsonTokenType.String:
                WriteText(ref writer, ref reader);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref writer, ref reader);
                break;
            case JsonTokenType.Null:
                writer.WriteNil();
                break;
            default:
                writer.WriteBoolean(reader.TokenType == JsonTokenType.True);
                break;
        }
    }

    /// <summary>MessagePack tells how many come before they come. The reader is a copy, so looking ahead does not move the one that reads.</summary>
    private static int CountItems(Utf8JsonReader ahead)
    {
        var count = 0;
        while (ahead.Read() && ahead.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            ahead.Skip();
            count++;
        }

        return count;
    }

    private static void WriteNumber(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
            writer.WriteInteger(integer);
        else if (reader.TryGetUInt64(out var unsigned))
            writer.WriteUnsigned(unsigned);
        else
            writer.WriteNumber(reader.GetDouble());
    }

    private static void WriteText(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            writer.WriteString(reader.ValueSpan);
            return;
        }

        // taking the escapes out makes it shorter, never longer
        var rented = reader.ValueSpan.Length > StackLimit ? ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length) : null;
        var text = rented ?? stackalloc byte[StackLimit];
        writer.WriteString(text[..reader.CopyString(text)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
