using System.Text.Json.Nodes;

namespace RealtimeCollab.Server.Tests.Docs;

/// <summary>Compares JSON with an example in which <c>"*"</c> stands for any value; members that the example lacks must not be there.</summary>
internal static class JsonPattern
{
    private const string Anything = "*";

    public static bool Fits(JsonNode? pattern, JsonNode? actual) => pattern switch
    {
        JsonValue value when value.TryGetValue(out string? text) && text == Anything => actual is not null,
        JsonObject expected => actual is JsonObject given && FitsObject(expected, given),
        JsonArray expected => actual is JsonArray given && expected.Count == given.Count && expected.Zip(given).All(pair => Fits(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(pattern, actual),
    };

    private static bool FitsObject(JsonObject expected, JsonObject given) =>
        expected.Count == given.Count
        && expected.All(member => given.TryGetPropertyValue(member.Key, out var value) && Fits(member.Value, value));
}
