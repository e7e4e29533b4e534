using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Reads an object of attributes; values are strings, finite numbers, booleans and null.</summary>
internal static class AttributesReader
{
    /// <summary>The attributes; null if there are none.</summary>
    public static AttributeMap? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new OperationException(OperationReason.AttributesType, "Attributes are an object.");

        var entries = new List<KeyValuePair<string, AttributeValue>>(2);
        JsonInput.Next(ref reader);
        while (reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonInput.Text(ref reader);
            JsonInput.Next(ref reader);
            entries.Add(new(name, ReadValue(ref reader)));
            JsonInput.Next(ref reader);
        }

        return AttributeMap.FromEntries([.. entries]);
    }

    private static AttributeValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => AttributeValue.FromString(JsonInput.Text(ref reader)),
        JsonTokenType.Number => AttributeValue.FromDouble(Number(ref reader)),
        JsonTokenType.True => AttributeValue.FromBoolean(true),
        JsonTokenType.False => AttributeValue.FromBoolean(false),
        JsonTokenType.Null => AttributeValue.Null,
        _ => throw new OperationException(OperationReason.AttributeValueType, "An attribute value is a string, a number, a boolean or null."),
    };

    private static double Number(ref Utf8JsonReader reader) => reader.TryGetDouble(out var number) ? number : double.PositiveInfinity;
}
