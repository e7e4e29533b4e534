namespace RealtimeCollab.OperationalTransform;

/// <summary>The stable values of <see cref="OperationException.Reason"/>.</summary>
public static class OperationReason
{
    /// <summary>Lengths do not fit: the operation is made for a document of another length.</summary>
    public const string BaseLength = "base-length";

    /// <summary>A retain or delete of length 0.</summary>
    public const string ZeroLength = "zero-length";

    /// <summary>A retain object whose length is below 0.</summary>
    public const string NegativeRetain = "negative-retain";

    /// <summary>A delete object whose length is below 0.</summary>
    public const string NegativeDelete = "negative-delete";

    /// <summary>An insert of no text.</summary>
    public const string EmptyInsert = "empty-insert";

    /// <summary>A boundary of the operation lies between the two halves of a surrogate pair.</summary>
    public const string SplitSurrogate = "split-surrogate";

    /// <summary>Text with half a surrogate pair in it.</summary>
    public const string LoneSurrogate = "lone-surrogate";

    /// <summary>A length that is no whole number.</summary>
    public const string NumberNotInteger = "number-not-integer";

    /// <summary>A length, or a sum of lengths, beyond 2^31 - 1; or an attribute value that is not finite.</summary>
    public const string NumberOutOfRange = "number-out-of-range";

    /// <summary>Not JSON, or not UTF-8, or more than one JSON value.</summary>
    public const string NotJson = "not-json";

    /// <summary>JSON, but none of the forms of an operation.</summary>
    public const string NotArray = "not-array";

    /// <summary>A component, or a member of one, of a JSON type that it cannot have.</summary>
    public const string ComponentType = "component-type";

    /// <summary>A component object with none, or more than one, of retain, insert and delete.</summary>
    public const string AmbiguousComponent = "ambiguous-component";

    /// <summary>A member that this form does not have.</summary>
    public const string UnknownField = "unknown-field";

    /// <summary>Two members of one name in one object.</summary>
    public const string DuplicateName = "duplicate-name";

    /// <summary>Attributes that are no object.</summary>
    public const string AttributesType = "attributes-type";

    /// <summary>An attribute value that is an object or an array.</summary>
    public const string AttributeValueType = "attribute-value-type";

    /// <summary>An attribute name that is empty, longer than 64 UTF-16 code units, or <c>__proto__</c>.</summary>
    public const string AttributeName = "attribute-name";

    /// <summary>More than <see cref="AttributeMap.MaxCount"/> attributes in one place, or more than <see cref="AttributeMap.MaxLength"/> UTF-16 code units of them.</summary>
    public const string AttributesLength = "attributes-length";

    /// <summary>An embed that is no object of exactly one member.</summary>
    public const string EmbedShape = "embed-shape";

    /// <summary>An embed nested deeper than <see cref="Embed.MaxDepth"/>.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>A positional operation with a missing, contradictory or negative member, or of an unknown type.</summary>
    public const string Positional = "positional";

    /// <summary>A document or operation with attributes or embeds where only plain text is allowed.</summary>
    public const string NotPlain = "not-plain";

    /// <summary>Document content that is neither a string nor an array of inserts.</summary>
    public const string ContentType = "content-type";

    /// <summary>A selection, or a position, that is not of the documented shape or below 0.</summary>
    public const string Selection = "selection";
}
