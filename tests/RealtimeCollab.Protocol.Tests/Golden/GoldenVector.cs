using System.Text.Json.Nodes;
using RealtimeCollab.Protocol.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Protocol.Tests.Golden;

/// <summary>A message, and the bytes that the official JavaScript client makes of it.</summary>
internal sealed record GoldenVector(string Id, string Note, JsonObject Message, byte[] Bytes, bool IsReadOnly)
{
    public static IReadOnlyList<GoldenVector> All { get; } =
        [.. File.ReadLines(Repository.PathOf("tests", "vectors", "messagepack.jsonl")).Select(line => Read(JsonNode.Parse(line)!))];

    /// <summary>Knows how to read it.</summary>
    public TestBinder Binder() => new()
    {
        Arguments = Message["arguments"]?.AsArray().Count ?? 0,
        ReturnType = Message["of"] is { } method ? TestBinder.ResultOf((string)method!)! : typeof(System.Text.Json.JsonElement),
    };

    public override string ToString() => $"{Id}: {Note}";

    private static GoldenVector Read(JsonNode row) => new(
        (string)row["id"]!, (string)row["note"]!, row["message"]!.AsObject(), Convert.FromHexString((string)row["bytes"]!), (bool?)row["readOnly"] ?? false);
}
