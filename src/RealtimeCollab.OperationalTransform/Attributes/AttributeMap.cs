using System.Collections;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Names and values of attributes, immutable, ordered by name (ordinal) so that equal maps are written alike. In a retain a null value removes
/// an attribute; inserts and documents hold no nulls.
/// </summary>
public sealed partial class AttributeMap : IReadOnlyList<KeyValuePair<string, AttributeValue>>, IEquatable<AttributeMap>
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Most attributes that an operation from outside may set in one place.</summary>
    public const int MaxCount = 64;

    /// <summary>Most that they may hold together: names and texts, in UTF-16 code units.</summary>
    public const int MaxLength = 4096;

    /// <summary>Beside its name and text: quotes and commas, a number, a boolean.</summary>
    private const int WeightOfEntry = 8;

    private readonly KeyValuePair<string, AttributeValue>[] _entries;

    private AttributeMap(KeyValuePair<string, AttributeValue>[] entries) => _entries = entries;

    /// <summary>No attributes.</summary>
    public static AttributeMap Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, AttributeValue> this[int index] => _entries[index];

    /// <summary>Makes a map.</summary>
    /// <param name="entries">Names and values, in any order.</param>
    /// <exception cref="OperationException">A name stands twice, or is no name for an attribute.</exception>
    public static AttributeMap Create(params ReadOnlySpan<(string Name, AttributeValue Value)> entries)
    {
        var pairs = new KeyValuePair<string, AttributeValue>[entries.Length];
        for (var i = 0; i < entries.Length; i++)
            pairs[i] = new(entries[i].Name, entries[i].Value);

        return FromEntries(pairs) ?? Empty;
    }

    /// <summary>Finds a value by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; null if the name is not there.</param>
    /// <returns>Whether the name is there.</returns>
    public bool TryGetValue(string name, out AttributeValue value)
    {
        foreach (var entry in _entries)
        {
            if (string.Equals(entry.Key, name, StringComparison.Ordinal))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(AttributeMap? other) => other is not null && (ReferenceEquals(this, other) || _entries.AsSpan().SequenceEqual(other._entries));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var entry in _entries)
        {
            hash.Add(entry.Key, StringComparer.Ordinal);
            hash.Add(entry.Value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, AttributeValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    internal ReadOnlySpan<KeyValuePair<string, AttributeValue>> Entries => _entries;

    /// <summary>See <see cref="Document.FormatWeight"/>.</summary>
    internal int Weight
    {
        get
        {
            var weight = _entries.Length * WeightOfEntry;
            foreach (var (name, value) in _entries)
                weight += name.Length + value.TextLength;
            return weight;
        }
    }

    /// <summary>Whether an operation from outside may set these in one place.</summary>
    internal bool IsWithinLimits => _entries.Length <= MaxCount && Weight - (_entries.Length * WeightOfEntry) <= MaxLength;

    /// <summary>Sorts and checks what was read; null for no attributes. Takes the array over.</summary>
    internal static AttributeMap? FromEntries(KeyValuePair<string, AttributeValue>[] entries)
    {
        if (entries.Length == 0)
            return null;

        foreach (var entry in entries)
            CheckName(entry.Key);

        Array.Sort(entries, static (x, y) => string.CompareOrdinal(x.Key, y.Key));
        for (var i = 1; i < entries.Length; i++)
        {
            if (string.Equals(entries[i].Key, entries[i - 1].Key, StringComparison.Ordinal))
                throw Refusal.DuplicateName("An attributes object");
        }

        return new AttributeMap(entries);
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameLength || name is "__proto__")
            throw Refusal.AttributeName();

        Surrogates.Check(name);
    }
}
