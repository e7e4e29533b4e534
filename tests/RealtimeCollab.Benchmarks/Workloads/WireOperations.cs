using System.Text.Json;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Benchmarks.Workloads;

/// <summary>A thousand operations as they come over the wire: keys, pastes, deletions, and one format in ten.</summary>
public static class WireOperations
{
    /// <summary>How many.</summary>
    public const int Count = 1000;

    /// <summary>Their canonical JSON.</summary>
    public static byte[][] Json() => [.. Operations().Select(static operation => operation.ToUtf8Json())];

    /// <summary>Draws them.</summary>
    public static TextOperation[] Operations()
    {
        var random = new Random(7);
        var bold = AttributeMap.Create(("bold", true), ("color", "#336699"));
        return [.. Enumerable.Range(0, Count).Select(k =>
        {
            var position = random.Next(10_000);
            return (k % 10) switch
            {
                0 => new OperationBuilder().Retain(position).Retain(12, bold).Retain(10_000 - position).Build(),
                1 => TextOperation.Replace(20_000, position, 0, new string('p', 200)),
                2 or 3 => TextOperation.Replace(20_000, position, random.Next(1, 20), string.Empty),
                _ => TextOperation.Replace(20_000, position, 0, "x"),
            };
        })];
    }

    /// <summary>Writes them all.</summary>
    public static void Write(TextOperation[] operations, Utf8JsonWriter writer)
    {
        foreach (var operation in operations)
        {
            writer.Reset();
            operation.WriteTo(writer);
        }
    }
}
