using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Access.Matrix;

/// <summary>A document of its own for each row of the table, with a member of each role, a chat message, a link and a room.</summary>
internal sealed record AccessScene(string DocumentId, string RoomId, string MessageId, string LinkId, string LinkToken)
{
    public const string Audience = "collab";

    /// <summary>Of no role: knows nobody and is in no document.</summary>
    private const string Admin = "admin";

    public static async Task<AccessScene> MakeAsync(TestApp app, string documentId)
    {
        await using var owner = await ConnectAsync(app, "owner", "document");
        await owner.InvokeAsync("StartEditing", new { documentId, initialText = "text" });
        var api = new Http.ApiClient(app.Http, TokenOf("owner")!);
        foreach (var role in new[] { "viewer", "commenter", "editor" })
            await api.PutAsync(documentId, role, role);
        var (_, link) = await api.CallAsync($"{documentId}/links", """{"role":"viewer"}""");

        await using var chat = await ConnectAsync(app, "owner", "chat");
        var message = await chat.InvokeAsync("SendMessage", new { roomId = documentId, clientMessageId = "first", content = "hello" });
        var roomId = "~" + documentId;
        await chat.InvokeAsync("CreateRoom", new { roomId });
        return new AccessScene(documentId, roomId, (string)message!["messageId"]!, (string)link["linkId"]!, (string)link["token"]!);
    }

    /// <summary>What a caller of the table shows; null: nothing.</summary>
    public static string? TokenOf(string caller) => caller switch
    {
        "no token" => null,
        "expired" => TestTokens.Sign(TestTokens.Key, "owner", TestTokens.Past, audience: Audience),
        "wrong audience" => TestTokens.Sign(TestTokens.Key, "owner", TestTokens.Future, audience: "another"),
        "wrong key" => TestTokens.Sign(TestTokens.OtherKey, "owner", TestTokens.Future, audience: Audience),
        Admin => TestTokens.Sign(TestTokens.Key, Admin, TestTokens.Future, audience: Audience, role: Admin),
        _ => TestTokens.Sign(TestTokens.Key, caller, TestTokens.Future, audience: Audience),
    };

    public static async Task<RawHubClient> ConnectAsync(TestApp app, string caller, string hub)
    {
        var client = await RawHubClient.ConnectAsync(app.Address, TokenOf(caller), hub: hub);
        await client.NextAsync("Welcome");
        return client;
    }

    public string Fill(string address) => address
        .Replace("{documentId}", DocumentId, StringComparison.Ordinal)
        .Replace("{userId}", "somebody", StringComparison.Ordinal)
        .Replace("{linkId}", LinkId, StringComparison.Ordinal);
}
