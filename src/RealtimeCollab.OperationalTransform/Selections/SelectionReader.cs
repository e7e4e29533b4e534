using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Reads <c>{"ranges":[{"anchor":1,"head":2}]}</c>, which <see cref="Selection.WriteTo"/> writes. Unknown members are skipped, so that the shape can grow.</summary>
internal static class SelectionReader
{
    public static Selection Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        ImmutableArray<SelectionRange>? ranges = null;
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndObject)
        {
            var isRanges = JsonInput.Is(ref reader, "ranges"u8);
            JsonInput.Next(ref reader);
            if (isRanges)
                ranges = ReadRanges(ref reader);
            else
                reader.Skip();

            JsonInput.Next(ref reader);
        }

        return new Selection(ranges ?? throw Shape());
    }

    private static ImmutableArray<SelectionRange> ReadRanges(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var ranges = ImmutableArray.CreateBuilder<SelectionRange>(1);
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            ranges.Add(ReadRange(ref reader));
            JsonInput.Next(ref reader);
        }

        return ranges.DrainToImmutable();
    }

    private static SelectionRange ReadRange(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        int anchor = -1, head = -1;
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndObject)
        {
            if (JsonInput.Is(ref reader, "anchor"u8))
                anchor = ReadPosition(ref reader);
            else if (JsonInput.Is(ref reader, "head"u8))
                head = ReadPosition(ref reader);
            else
                Ignore(ref reader);

            JsonInput.Next(ref reader);
        }

        return anchor >= 0 && head >= 0 ? new SelectionRange(anchor, head) : throw Shape();
    }

    private static int ReadPosition(ref Utf8JsonReader reader)
    {
        JsonInput.Next(ref reader);
        Expect(ref reader, JsonTokenType.Number);
        var position = JsonInput.Length(ref reader);
        return position >= 0 ? position : throw Shape();
    }

    private static void Ignore(ref Utf8JsonReader reader)
    {
        JsonInput.Next(ref reader);
        reader.Skip();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
            throw Shape();
    }

    private static OperationException Shape() =>
        new(OperationReason.Selection, "A selection is {\"ranges\":[{\"anchor\":a,\"head\":h}]} with positions of 0 or more.");
}

/// <summary>Lets contracts of System.Text.Json hold selections.</summary>
internal sealed class SelectionJsonConverter : JsonConverter<Selection>
{
    public override Selection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonInput.Read(ref reader, SelectionReader.Read);

    public override void Write(Utf8JsonWriter writer, Selection value, JsonSerializerOptions options) => value.WriteTo(writer);
}
