namespace RealtimeCollab.OperationalTransform;

/// <summary>One component of an operation. Lengths are in UTF-16 code units; an embed has length 1.</summary>
public readonly struct Component : IEquatable<Component>
{
    // The kind lies in the upper two bits, the start of the slice of an insert's text in the others: 24 bytes in all.
    private const int KindShift = 30;
    private const uint StartMask = (1u << KindShift) - 1;

    private readonly object? _payload;
    private readonly AttributeMap? _attributes;
    private readonly int _length;
    private readonly uint _kindAndStart;

    private Component(ComponentKind kind, object? payload, int start, int length, AttributeMap? attributes)
    {
        _payload = payload;
        _attributes = attributes;
        _length = length;
        _kindAndStart = ((uint)kind << KindShift) | (uint)start;
    }

    /// <summary>What the component does.</summary>
    public ComponentKind Kind => (ComponentKind)(_kindAndStart >> KindShift);

    /// <summary>How much it retains, deletes or inserts, in UTF-16 code units, at least 1.</summary>
    public int Length => _length;

    /// <summary>What it sets: on a retain, with null removing an attribute; on an insert, the attributes of the new text. Empty if there are none.</summary>
    public AttributeMap Attributes => _attributes ?? AttributeMap.Empty;

    /// <summary>The inserted text; empty unless <see cref="Kind"/> is <see cref="ComponentKind.Insert"/>.</summary>
    public ReadOnlySpan<char> Text => _payload switch
    {
        string text => text.AsSpan(Start, _length),
        TextBuffer buffer => buffer.Slice(Start, _length),
        _ => default,
    };

    /// <summary>The inserted embed; null unless <see cref="Kind"/> is <see cref="ComponentKind.InsertEmbed"/>.</summary>
    public Embed? Embed => _payload as Embed;

    /// <summary>Whether it inserts text or an embed.</summary>
    public bool IsInsert => _payload is not null;

    internal AttributeMap? AttributesOrNull => _attributes;

    internal int FormatWeight => (_attributes?.Weight ?? 0) + (Embed?.Json.Length ?? 0);

    /// <summary>What an insert puts into a document's text: an embed's placeholder, or the text.</summary>
    internal ReadOnlySpan<char> DocumentText => Kind == ComponentKind.InsertEmbed ? [OperationalTransform.Embed.Placeholder] : Text;

    internal bool IsDelete => Kind == ComponentKind.Delete;

    internal bool IsPlainRetain => _kindAndStart == 0 && _attributes is null;

    private int Start => (int)(_kindAndStart & StartMask);

    internal static Component Retain(int length, AttributeMap? attributes = null) => new(ComponentKind.Retain, null, 0, length, attributes);

    internal static Component Delete(int length) => new(ComponentKind.Delete, null, 0, length, null);

    internal static Component Insert(string text, AttributeMap? attributes = null) => new(ComponentKind.Insert, text, 0, text.Length, attributes);

    internal static Component InsertEmbed(Embed embed, AttributeMap? attributes = null) => new(ComponentKind.InsertEmbed, embed, 0, 1, attributes);

    /// <summary>The same insert with other attributes.</summary>
    internal Component With(AttributeMap? attributes) => new(Kind, _payload, Start, _length, attributes);

    /// <summary>A part of it. An insert's part shares the text.</summary>
    internal Component Slice(int offset, int length) =>
        length == _length ? this : new(Kind, _payload, Kind == ComponentKind.Insert ? Start + offset : 0, length, _attributes);

    /// <summary>The same kind and attributes, longer: two neighbours become one.</summary>
    internal Component Extend(int by) => new(Kind, _payload, Start, _length + by, _attributes);

    /// <summary>Whether an insert of text and the one that follows are to be one component.</summary>
    internal bool JoinsText(in Component next) =>
        Kind == ComponentKind.Insert && next.Kind == ComponentKind.Insert && AttributeMap.Same(_attributes, next._attributes);

    /// <summary>The two texts as one insert, without copying where they already lie side by side or the first can grow in place.</summary>
    internal Component JoinText(in Component next)
    {
        var end = Start + _length;
        if (ReferenceEquals(_payload, next._payload) && next.Start == end)
            return Extend(next._length);

        if (_payload is TextBuffer shared && shared.TryAppend(end, next.Text))
            return Extend(next._length);

        // a length that does not fit the 30 bits of a start cannot be reached: no string is that long
        var total = _length + next._length;
        var buffer = new TextBuffer((int)Math.Min(Math.Max(16, total * 2L), Array.MaxLength));
        buffer.TryAppend(0, Text);
        buffer.TryAppend(_length, next.Text);
        return new Component(ComponentKind.Insert, buffer, 0, total, _attributes);
    }

    /// <inheritdoc/>
    public bool Equals(Component other) =>
        Kind == other.Kind && _length == other._length && AttributeMap.Same(_attributes, other._attributes)
        && Text.SequenceEqual(other.Text) && Equals(Embed, other.Embed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Component other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, _length, _attributes, string.GetHashCode(Text, StringComparison.Ordinal), Embed);

    /// <summary>Whether two components are equal.</summary>
    public static bool operator ==(Component left, Component right) => left.Equals(right);

    /// <summary>Whether two components differ.</summary>
    public static bool operator !=(Component left, Component right) => !left.Equals(right);
}
