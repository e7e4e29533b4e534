using System.Text.Json.Nodes;

namespace RealtimeCollab.Server.Tests.Docs;

/// <summary>
/// Compares JSON with an example in which <c>"*"</c> stands for any value, and <c>"$name"</c> for one that is named; members that the example
/// lacks must not be there.
/// </summary>
internal static class JsonPattern
{
    private const string Anything = "*";

    public static bool Fits(JsonNode? pattern, JsonNode? actual) => pattern switch
    {
        JsonValue value when value.TryGetValue(out string? text) && (text == Anything || IsName(text)) => actual is not null,
        JsonObject expected => actual is JsonObject given && FitsObject(expected, given),
        JsonArray expected => actual is JsonArray given && expected.Count == given.Count && expected.Zip(given).All(pair => Fits(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(pattern, actual),
    };

    /// <summary>Notes the values that a pattern names, of something that fits it.</summary>
    public static void Name(JsonNode? pattern, JsonNode? actual, IDictionary<string, string> names)
    {
        switch (pattern)
        {
            case JsonValue value when value.TryGetValue(out string? text) && IsName(text):
                names[text] = (string)actual!;
                break;
            case JsonObject expected:
                foreach (var (member, inner) in expected)
                    Name(inner, actual![member], names);
                break;
            case JsonArray expected:
                for (var i = 0; i < expected.Count; i++)
                    Name(expected[i], actual![i], names);
                break;
        }
    }

    private static bool IsName(string? text) => text is ['$', _, ..];

    private static bool FitsObject(JsonObject expected, JsonObject given) =>
        expected.Count == given.Count
        && expected.All(member => given.TryGetPropertyValue(member.Key, out var value) && Fits(member.Value, value));
}
