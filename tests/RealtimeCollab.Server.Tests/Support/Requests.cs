using System.Text.Json.Nodes;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>Requests as a client writes them.</summary>
internal static class Requests
{
    public static JsonObject Submit(string documentId, long baseRevision, JsonNode? operation, string? operationId = null) => new()
    {
        ["documentId"] = documentId,
        ["operationId"] = operationId ?? Guid.NewGuid().ToString("N"),
        ["baseRevision"] = baseRevision,
        ["operation"] = operation,
    };
}
