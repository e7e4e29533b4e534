using System.Globalization;

namespace RealtimeCollab.OperationalTransform;

/// <summary>What an <see cref="AttributeValue"/> is.</summary>
public enum AttributeValueKind
{
    /// <summary>Removes the attribute; only in a retain.</summary>
    Null,

    /// <summary>true or false; false is a value like any other.</summary>
    Boolean,

    /// <summary>A finite IEEE 754 double, as in JavaScript.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>The value of an attribute: a string, a finite number, a boolean, or null.</summary>
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly string? _text;
    private readonly double _number;

    private AttributeValue(AttributeValueKind kind, string? text, double number) => (Kind, _text, _number) = (kind, text, number);

    /// <summary>UTF-16 code units of text; 0 for what is none.</summary>
    internal int TextLength => _text?.Length ?? 0;

    /// <summary>Removes an attribute.</summary>
    public static AttributeValue Null => default;

    /// <summary>What it is.</summary>
    public AttributeValueKind Kind { get; }

    /// <summary>Whether it removes the attribute.</summary>
    public bool IsNull => Kind == AttributeValueKind.Null;

    /// <summary>A boolean.</summary>
    /// <param name="value">true or false.</param>
    public static AttributeValue FromBoolean(bool value) => new(AttributeValueKind.Boolean, null, value ? 1 : 0);

    /// <summary>A number; minus zero becomes zero, as JSON in JavaScript has it.</summary>
    /// <param name="value">Any finite number.</param>
    /// <exception cref="OperationException">The number is not finite.</exception>
    public static AttributeValue FromDouble(double value) =>
        double.IsFinite(value)
            ? new(AttributeValueKind.Number, null, value + 0.0)
            : throw new OperationException(OperationReason.NumberOutOfRange, "An attribute value is not finite.");

    /// <summary>A string.</summary>
    /// <param name="value">Whole code points.</param>
    /// <exception cref="OperationException">The string holds half a surrogate pair.</exception>
    public static AttributeValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Surrogates.Check(value);
        return new AttributeValue(AttributeValueKind.Text, value, 0);
    }

    /// <summary>A boolean.</summary>
    public static implicit operator AttributeValue(bool value) => FromBoolean(value);

    /// <summary>A number.</summary>
    public static implicit operator AttributeValue(double value) => FromDouble(value);

    /// <summary>A string.</summary>
    public static implicit operator AttributeValue(string value) => FromString(value);

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">It is no boolean.</exception>
    public bool AsBoolean() => Kind == AttributeValueKind.Boolean ? _number != 0 : throw WrongKind();

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">It is no number.</exception>
    public double AsDouble() => Kind == AttributeValueKind.Number ? _number : throw WrongKind();

    /// <summary>The string.</summary>
    /// <exception cref="InvalidOperationException">It is no string.</exception>
    public string AsString() => Kind == AttributeValueKind.Text ? _text! : throw WrongKind();

    /// <inheritdoc/>
    public bool Equals(AttributeValue other) =>
        Kind == other.Kind && _number.Equals(other._number) && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _number, _text);

    /// <summary>Whether two values are equal.</summary>
    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        AttributeValueKind.Boolean => _number != 0 ? "true" : "false",
        AttributeValueKind.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        AttributeValueKind.Text => _text!,
        _ => "null",
    };

    private InvalidOperationException WrongKind() => new($"The attribute value is a {Kind}.");
}
