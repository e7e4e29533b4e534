using System.Globalization;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// The checksum of a document's content, the same in every language: 64-bit FNV-1a (Fowler, Noll, Vo) fed with 16-bit units. It finds
/// copies that differ by accident; against intent it is no protection.
/// </summary>
/// <remarks>
/// What is fed, in this order; a <i>length</i> is two units, the lower 16 bits first.
/// <list type="number">
/// <item>The document's length, then its UTF-16 code units, U+FFFC for an embed.</item>
/// <item>For each longest stretch of text with the same attributes, at least one, and for each embed: its start and its length, the
/// embed's value or n, then the number of attributes (a length), then names, written as strings, and values in the ordinal order of the names.</item>
/// </list>
/// A value is a letter and what follows it: n null, t true, f false, d a number (the four units of its IEEE 754 double, lowest first; minus zero is zero),
/// s a string (its length and units), [ an array (its count and values), { an object (its count, then names, written as strings, and
/// values in the ordinal order of the names).
/// </remarks>
internal struct ContentHash()
{
    private const ulong Prime = 0x100000001B3;
    private ulong _hash = 0xCBF29CE484222325;

    public static string Of(Document document)
    {
        var hash = new ContentHash();
        hash.Length(document.Length);
        foreach (var chunk in document.Chunks)
            hash.Units(chunk.Text);
        if (document.IsRich)
            hash.Stretches(document);
        return hash._hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private void Stretches(Document document)
    {
        var (position, start) = (0, 0);
        var attributes = AttributeMap.Empty;
        foreach (var chunk in document.Chunks)
        {
            if (chunk.Embed is not null || !chunk.Attributes.Equals(attributes))
            {
                Text(start, position, attributes);
                (start, attributes) = (position, chunk.Attributes);
            }

            position += chunk.Text.Length;
            if (chunk.Embed is { } embed)
            {
                Embed(start, embed, attributes);
                (start, attributes) = (position, AttributeMap.Empty);
            }
        }

        Text(start, position, attributes);
    }

    private void Text(int start, int end, AttributeMap attributes)
    {
        if (attributes.Count == 0 || start == end)
            return;
        Length(start);
        Length(end - start);
        Unit('n');
        Attributes(attributes);
    }

    private void Embed(int start, Embed embed, AttributeMap attributes)
    {
        Length(start);
        Length(1);
        using var data = JsonDocument.Parse(embed.Json);
        Value(data.RootElement);
        Attributes(attributes);
    }

    private void Attributes(AttributeMap attributes)
    {
        Length(attributes.Count);
        foreach (var (name, value) in attributes)
        {
            String(name);
            switch (value.Kind)
            {
                case AttributeValueKind.Boolean:
                    Unit(value.AsBoolean() ? 't' : 'f');
                    break;
                case AttributeValueKind.Number:
                    Number(value.AsDouble());
                    break;
                default:
                    String(value.AsString());
                    break;
            }
        }
    }

    private void Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Unit('{');
                Length(value.GetPropertyCount());
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    String(member.Name);
                    Value(member.Value);
                }

                break;
            case JsonValueKind.Array:
                Unit('[');
                Length(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    Value(item);
                break;
            case JsonValueKind.String:
                String(value.GetString()!);
                break;
            case JsonValueKind.Number:
                Number(value.GetDouble());
                break;
            default:
                Unit(value.ValueKind switch { JsonValueKind.True => 't', JsonValueKind.False => 'f', _ => 'n' });
                break;
        }
    }

    private void String(string text)
    {
        Unit('s');
        Length(text.Length);
        Units(text);
    }

    private void Number(double number)
    {
        Unit('d');
        // minus zero is zero: JSON in JavaScript does not tell them apart
        var bits = BitConverter.DoubleToUInt64Bits(number + 0.0);
        for (var unit = 0; unit < 4; unit++, bits >>= 16)
            Unit((char)(bits & 0xFFFF));
    }

    private void Length(int length)
    {
        Unit((char)(length & 0xFFFF));
        Unit((char)((uint)length >> 16));
    }

    private void Units(ReadOnlySpan<char> units)
    {
        var hash = _hash;
        foreach (var unit in units)
            hash = (hash ^ unit) * Prime;
        _hash = hash;
    }

    private void Unit(char unit) => _hash = (_hash ^ unit) * Prime;
}
