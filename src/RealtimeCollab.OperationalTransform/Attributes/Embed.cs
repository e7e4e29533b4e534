using System.Text;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Something in a document that is no text: an image, a formula, a mention. A JSON object of one member, whose name is the type and whose value is
/// the data, opaque here. Its length is 1. Two embeds are equal if their data are, whatever the order of members.
/// </summary>
public sealed class Embed : IEquatable<Embed>
{
    /// <summary>How deep the data may be nested; the embed's own object counts 1.</summary>
    public const int MaxDepth = 16;

    /// <summary>What stands for an embed where only characters can stand: U+FFFC, the object replacement character.</summary>
    public const char Placeholder = '\uFFFC';

    private readonly byte[] _canonicalJson;

    internal Embed(string type, byte[] canonicalJson) => (Type, _canonicalJson) = (type, canonicalJson);

    /// <summary>The name of its one member, such as <c>image</c>.</summary>
    public string Type { get; }

    /// <summary>The whole object as UTF-8 JSON, in canonical form: no white space, members in ordinal order, numbers as doubles.</summary>
    public ReadOnlyMemory<byte> Json => _canonicalJson;

    /// <summary>Reads an embed.</summary>
    /// <param name="utf8Json">A JSON object of one member.</param>
    /// <exception cref="OperationException">It is not JSON, has not exactly one member, is nested deeper than <see cref="MaxDepth"/>, has a member twice or
    /// half a surrogate pair in a string.</exception>
    public static Embed Parse(ReadOnlySpan<byte> utf8Json) => JsonInput.Parse(utf8Json, EmbedReader.Read);

    /// <summary>Reads an embed.</summary>
    /// <param name="json">A JSON object of one member.</param>
    /// <exception cref="OperationException">As for <see cref="Parse(ReadOnlySpan{byte})"/>.</exception>
    public static Embed Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Surrogates.Check(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Writes the object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(_canonicalJson, skipInputValidation: true);
    }

    /// <inheritdoc/>
    public bool Equals(Embed? other) => other is not null && (ReferenceEquals(this, other) || _canonicalJson.AsSpan().SequenceEqual(other._canonicalJson));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Embed);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_canonicalJson);
        return hash.ToHashCode();
    }

    /// <summary>The object as JSON.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_canonicalJson);
}
