using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Reads one value; the reader stands on its first token before and on its last one after, as System.Text.Json has it.</summary>
internal delegate T JsonRead<out T>(ref Utf8JsonReader reader);

/// <summary>The ground rules of reading JSON from anyone: whatever is wrong becomes an <see cref="OperationException"/> with its reason.</summary>
internal static class JsonInput
{
    /// <summary>Reads a span that holds one value and nothing else.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> utf8Json, JsonRead<T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            reader.Read();
            var value = read(ref reader);
            reader.Read(); // text behind the value throws
            return value;
        }
        catch (JsonException exception)
        {
            throw Refusal.NotJson(exception);
        }
    }

    /// <summary>Reads a value inside something larger, on whose first token the reader stands already.</summary>
    public static T Read<T>(ref Utf8JsonReader reader, JsonRead<T> read)
    {
        try
        {
            if (reader.TokenType == JsonTokenType.None)
                Next(ref reader);

            return read(ref reader);
        }
        catch (JsonException exception)
        {
            throw Refusal.NotJson(exception);
        }
    }

    /// <summary>Moves to the next token.</summary>
    public static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw Refusal.NotJson();
    }

    /// <summary>The string or name at hand. An escaped half of a surrogate pair, or bytes that are no UTF-8, throw here and not before.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw reader.ValueIsEscaped ? Refusal.LoneSurrogate(exception) : Refusal.NotJson(exception);
        }
    }

    /// <summary>Whether the string or name at hand is this one.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? string.Equals(Text(ref reader), System.Text.Encoding.UTF8.GetString(name), StringComparison.Ordinal) : reader.ValueTextEquals(name);

    /// <summary>
    /// The number at hand as a length, with its sign. 5.0 and 2e1 are integers to JavaScript, so they are here; fractions and what is beyond 31 bits
    /// are not.
    /// </summary>
    public static int Length(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt32(out var length))
            return length == int.MinValue ? throw Refusal.OutOfRange() : length;

        if (!reader.TryGetDouble(out var number) || Math.Abs(number) > int.MaxValue)
            throw Refusal.OutOfRange();

        return Math.Floor(number) == number ? (int)number : throw Refusal.NotInteger();
    }
}
