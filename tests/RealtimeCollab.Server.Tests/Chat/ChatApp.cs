using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Chat;

/// <summary>What chat tests have in common.</summary>
internal static class ChatApp
{
    public static Task<RawHubClient> ConnectToChatAsync(this TestApp app, string userId, string? query = null) => app.ConnectAsync(userId, query, "chat");

    /// <summary>A document, made by a user, so that it has a room.</summary>
    public static async Task CreateDocumentAsync(this TestApp app, string documentId, string owner = "ada")
    {
        await using var client = await app.ConnectAsync(owner);
        await client.InvokeAsync("StartEditing", new { documentId });
    }

    /// <summary>A user's connection that is in a room.</summary>
    public static async Task<RawHubClient> JoinAsync(this TestApp app, string userId, string roomId, string? query = null)
    {
        var client = await app.ConnectToChatAsync(userId, query);
        await client.InvokeAsync("JoinRoom", new { roomId });
        return client;
    }

    public static Task<JsonNode?> SayAsync(this RawHubClient client, string roomId, string content, string? id = null, params string[] mentions) =>
        client.InvokeAsync("SendMessage", new { roomId, clientMessageId = id ?? Guid.NewGuid().ToString("N"), content, mentions });

    public static Task<JsonObject> HearAsync(this RawHubClient client, string content) =>
        client.NextAsync("MessageReceived", message => (string?)message["content"] == content);

    /// <summary>All messages of a room, from its beginning.</summary>
    public static async Task<JsonArray> ReadAsync(this RawHubClient client, string roomId) =>
        (await client.InvokeAsync("GetMessages", new { roomId, afterSequence = 0, limit = 200 }))!["messages"]!.AsArray();

    /// <summary>A document's role for each user, and none for the others.</summary>
    public static TestAppOptions WithRole(string role) => new()
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Access:DefaultRole"] = role },
    };
}
