namespace RealtimeCollab.OperationalTransform;

/// <summary>Makes the exceptions, away from the hot paths that throw them. Messages hold lengths and names of JSON members, never document text.</summary>
internal static class Refusal
{
    public static OperationException BaseLength(string what, int expected, int actual) =>
        new(OperationReason.BaseLength, $"{what} is made for a document of length {expected}, not {actual}.");

    public static OperationException ZeroLength() => new(OperationReason.ZeroLength, "A retain or delete has length 0.");

    public static OperationException EmptyInsert() => new(OperationReason.EmptyInsert, "An insert has no text.");

    public static OperationException SplitSurrogate(int position) =>
        new(OperationReason.SplitSurrogate, $"Position {position} lies inside a surrogate pair.");

    public static OperationException LoneSurrogate(Exception? inner = null) =>
        new(OperationReason.LoneSurrogate, "A string holds half a surrogate pair.", inner);

    public static OperationException OutOfRange() =>
        new(OperationReason.NumberOutOfRange, "A length, or the sum of the lengths, is beyond 2147483647.");

    public static OperationException NotInteger() => new(OperationReason.NumberNotInteger, "A length is no whole number.");

    public static OperationException NotJson(Exception? inner = null) => new(OperationReason.NotJson, "The input is not one JSON value in UTF-8.", inner);

    public static OperationException NotAnOperation() =>
        new(OperationReason.NotArray, "An operation is an array of components, or one of the other documented forms.");

    public static OperationException ComponentType(string what) => new(OperationReason.ComponentType, $"{what} has a JSON type that it cannot have.");

    public static OperationException UnknownField(string where) => new(OperationReason.UnknownField, $"{where} has a member that it cannot have.");

    public static OperationException DuplicateName(string where) => new(OperationReason.DuplicateName, $"{where} has two members of one name.");

    public static OperationException AttributeName() =>
        new(OperationReason.AttributeName, $"An attribute name has 1 to {AttributeMap.MaxNameLength} UTF-16 code units and is not __proto__.");

    public static OperationException AttributesLength() => new(
        OperationReason.AttributesLength,
        $"One place has at most {AttributeMap.MaxCount} attributes, of {AttributeMap.MaxLength} UTF-16 code units together.");

    public static OperationException Positional(string message) => new(OperationReason.Positional, message);

    public static OperationException NotPlain() =>
        new(OperationReason.NotPlain, "Attributes and embeds are not allowed in plain text.");
}
