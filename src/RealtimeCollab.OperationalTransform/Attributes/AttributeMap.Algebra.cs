namespace RealtimeCollab.OperationalTransform;

/// <content>The algebra of attributes. Inside the library null stands for no attributes, so that plain text costs one comparison.</content>
public sealed partial class AttributeMap
{
    /// <summary>Whether two maps, null for empty, are equal.</summary>
    internal static bool Same(AttributeMap? left, AttributeMap? right) =>
        ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    internal static AttributeMap? NullIfEmpty(AttributeMap? map) => map is null || map.Count == 0 ? null : map;

    /// <summary>What an insert keeps: a null says nothing about text that is new.</summary>
    internal static AttributeMap? WithoutNulls(AttributeMap? map)
    {
        if (map is null || map.Count == 0)
            return null;

        return HasNull(map) ? Filter(map, static (_, value, _) => !value.IsNull, null) : map;
    }

    /// <summary>What is left of <paramref name="map"/> where <paramref name="winner"/> sets attributes on the same text: the names it does not set.</summary>
    internal static AttributeMap? Without(AttributeMap? map, AttributeMap? winner)
    {
        if (map is null || winner is null)
            return map;

        return Filter(map, static (name, _, other) => !other!.TryGetValue(name, out _), winner);
    }

    /// <summary>
    /// First one, then the other. On a retain a null stays, since the text may have the attribute; on an insert or in a document it takes the
    /// attribute away and is gone itself.
    /// </summary>
    internal static AttributeMap? Compose(AttributeMap? first, AttributeMap? second, bool keepNull)
    {
        if (second is null)
            return first;
        if (first is null)
            return keepNull ? second : WithoutNulls(second);

        var merged = new List<KeyValuePair<string, AttributeValue>>(first.Count + second.Count);
        int i = 0, j = 0;
        while (i < first.Count || j < second.Count)
        {
            var order = i == first.Count ? 1 : j == second.Count ? -1 : string.CompareOrdinal(first[i].Key, second[j].Key);
            var entry = order < 0 ? first[i] : second[j];
            if (keepNull || !entry.Value.IsNull)
                merged.Add(entry);

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return FromSorted(merged);
    }

    /// <summary>
    /// What takes <paramref name="changes"/> back on text that had <paramref name="before"/>. Minimal: a name appears only where its value changed, so
    /// that an undo does not remove what somebody else sets meanwhile.
    /// </summary>
    internal static AttributeMap? Invert(AttributeMap? changes, AttributeMap? before)
    {
        if (changes is null)
            return null;

        var inverse = new List<KeyValuePair<string, AttributeValue>>(changes.Count);
        foreach (var (name, value) in changes._entries)
        {
            var old = before is not null && before.TryGetValue(name, out var found) ? found : AttributeValue.Null;
            if (old != value)
                inverse.Add(new(name, old));
        }

        return FromSorted(inverse);
    }

    private static bool HasNull(AttributeMap map)
    {
        foreach (var entry in map._entries)
        {
            if (entry.Value.IsNull)
                return true;
        }

        return false;
    }

    private static AttributeMap? Filter(AttributeMap map, Func<string, AttributeValue, AttributeMap?, bool> keep, AttributeMap? other)
    {
        var kept = new List<KeyValuePair<string, AttributeValue>>(map.Count);
        foreach (var entry in map._entries)
        {
            if (keep(entry.Key, entry.Value, other))
                kept.Add(entry);
        }

        return kept.Count == map.Count ? map : FromSorted(kept);
    }

    private static AttributeMap? FromSorted(List<KeyValuePair<string, AttributeValue>> entries) =>
        entries.Count == 0 ? null : new AttributeMap([.. entries]);
}
