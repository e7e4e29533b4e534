using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Workloads;

/// <summary>One insert of a character, made for a document of 10,000, and a thousand others that were committed meanwhile, one on the other.</summary>
public sealed record ConcurrentInserts(int Length, ConcurrentInserts.Insert Op, IReadOnlyList<ConcurrentInserts.Insert> Concurrent)
{
    /// <summary>Draws them from a seed.</summary>
    public static ConcurrentInserts Draw(int seed)
    {
        const int Start = 10_000;
        var random = new Random(seed);
        var op = new Insert(random.Next(Start), "x");
        return new ConcurrentInserts(
            Start, op, [.. Enumerable.Range(0, 1000).Select(k => new Insert(random.Next(Start + k + 1), "abcdefghij".Substring(k % 10, 1)))]);
    }

    /// <summary>The operation that is to be carried over the others.</summary>
    public TextOperation Operation => TextOperation.Replace(Length, Op.Position, 0, Op.Text);

    /// <summary>The first of the others, in log order.</summary>
    public TextOperation[] Committed(int count) =>
        [.. Concurrent.Take(count).Select((insert, k) => TextOperation.Replace(Length + k, insert.Position, 0, insert.Text))];

    /// <summary>Carries the operation over all of them, one at a time, as a server does.</summary>
    public static TextOperation Carry(TextOperation operation, TextOperation[] committed, TieBreak winner = TieBreak.A)
    {
        foreach (var other in committed)
            operation = winner == TieBreak.A ? operation.TransformOver(other) : operation.TransformUnder(other);

        return operation;
    }

    /// <summary>A place and a text; as JSON [place, text].</summary>
    [JsonConverter(typeof(InsertConverter))]
    public sealed record Insert(int Position, string Text);

    private sealed class InsertConverter : JsonConverter<Insert>
    {
        public override Insert Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            var position = reader.GetInt32();
            reader.Read();
            var text = reader.GetString()!;
            reader.Read();
            return new Insert(position, text);
        }

        public override void Write(Utf8JsonWriter writer, Insert value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.Position);
            writer.WriteStringValue(value.Text);
            writer.WriteEndArray();
        }
    }
}
