using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeCollab.OperationalTransform;

/// <summary>What one person has selected: ranges, several with several cursors. Immutable. As JSON <c>{"ranges":[{"anchor":1,"head":2}]}</c>.</summary>
[JsonConverter(typeof(SelectionJsonConverter))]
public sealed class Selection : IEquatable<Selection>
{
    /// <summary>A selection of these ranges.</summary>
    /// <param name="ranges">In any order; they may overlap.</param>
    public Selection(params ImmutableArray<SelectionRange> ranges) => Ranges = ranges.IsDefault ? [] : ranges;

    /// <summary>No range at all.</summary>
    public static Selection Empty { get; } = new([]);

    /// <summary>The ranges, in the order given.</summary>
    public ImmutableArray<SelectionRange> Ranges { get; }

    /// <summary>Reads a selection.</summary>
    /// <param name="utf8Json">One JSON value.</param>
    /// <exception cref="OperationException">It is not JSON of the documented shape, or a position is below 0 or no 31-bit integer.</exception>
    public static Selection Parse(ReadOnlySpan<byte> utf8Json) => JsonInput.Parse(utf8Json, SelectionReader.Read);

    /// <summary>The selection after an operation.</summary>
    /// <param name="operation">An operation on the document that the selection is in.</param>
    public Selection Transform(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.IsNoop || Ranges.IsEmpty)
            return this;

        var moved = ImmutableArray.CreateBuilder<SelectionRange>(Ranges.Length);
        foreach (var range in Ranges)
            moved.Add(range.Transform(operation));

        return new Selection(moved.MoveToImmutable());
    }

    /// <summary>Whether every end lies in a document of this length.</summary>
    /// <param name="documentLength">In UTF-16 code units.</param>
    public bool FitsIn(int documentLength)
    {
        foreach (var range in Ranges)
        {
            if (Math.Max(range.Anchor, range.Head) > documentLength || Math.Min(range.Anchor, range.Head) < 0)
                return false;
        }

        return true;
    }

    /// <summary>Writes the documented shape.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartArray("ranges"u8);
        foreach (var range in Ranges)
        {
            writer.WriteStartObject();
            writer.WriteNumber("anchor"u8, range.Anchor);
            writer.WriteNumber("head"u8, range.Head);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public bool Equals(Selection? other) => other is not null && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Selection);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var range in Ranges)
            hash.Add(range);

        return hash.ToHashCode();
    }
}
