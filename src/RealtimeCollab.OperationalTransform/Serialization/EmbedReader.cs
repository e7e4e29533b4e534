using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Reads an embed and brings it to canonical form as it goes: members in ordinal order, no white space, numbers as doubles, the fewest escapes. So equal
/// data are equal bytes.
/// </summary>
internal static class EmbedReader
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Reads the object on whose brace the reader stands.</summary>
    public static Embed Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Shape();

        var members = ReadMembers(ref reader, depth: 1);
        if (members.Count != 1)
            throw Shape();

        return new Embed(members[0].Name, Write(members));
    }

    private static List<(string Name, byte[] Value)> ReadMembers(ref Utf8JsonReader reader, int depth)
    {
        var members = new List<(string Name, byte[] Value)>(1);
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonInput.Text(ref reader);
            if (name is "__proto__")
                throw Shape();

            JsonInput.Next(ref reader);
            members.Add((name, ReadValue(ref reader, depth)));
            JsonInput.Next(ref reader);
        }

        members.Sort(static (x, y) => string.CompareOrdinal(x.Name, y.Name));
        for (var i = 1; i < members.Count; i++)
        {
            if (string.Equals(members[i].Name, members[i - 1].Name, StringComparison.Ordinal))
                throw Refusal.DuplicateName("An embed");
        }

        return members;
    }

    private static byte[] ReadValue(ref Utf8JsonReader reader, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CheckDepth(depth + 1);
                return Write(ReadMembers(ref reader, depth + 1));
            case JsonTokenType.StartArray:
                CheckDepth(depth + 1);
                return ReadArray(ref reader, depth + 1);
            case JsonTokenType.String:
                var text = JsonInput.Text(ref reader);
                return Write(writer => writer.WriteStringValue(text));
            case JsonTokenType.Number:
                var number = reader.TryGetDouble(out var value) ? AttributeValue.FromDouble(value).AsDouble() : throw Refusal.OutOfRange();
                return Write(writer => writer.WriteNumberValue(number));
            default:
                return reader.ValueSpan.ToArray(); // true, false or null, as it stands
        }
    }

    private static byte[] ReadArray(ref Utf8JsonReader reader, int depth)
    {
        var items = new List<byte[]>();
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, depth));
            JsonInput.Next(ref reader);
        }

        return Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var item in items)
                writer.WriteRawValue(item, skipInputValidation: true);

            writer.WriteEndArray();
        });
    }

    private static byte[] Write(List<(string Name, byte[] Value)> members) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value, skipInputValidation: true);
        }

        writer.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            write(writer);

        return buffer.WrittenSpan.ToArray();
    }

    private static void CheckDepth(int depth)
    {
        if (depth > Embed.MaxDepth)
            throw new OperationException(OperationReason.TooDeep, $"An embed is nested deeper than {Embed.MaxDepth}.");
    }

    private static OperationException Shape() =>
        new(OperationReason.EmbedShape, "An embed is an object of exactly one member, whose name is its type.");
}
