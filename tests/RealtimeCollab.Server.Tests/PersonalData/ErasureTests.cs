using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.PersonalData;

/// <summary>A user is forgotten, and what they wrote into documents stays.</summary>
public sealed class ErasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erasure_OfAUser_LeavesTheTextAndEndsTheirMessages(bool inMemory)
    {
        await using var app = await StartAsync(inMemory);
        await WriteAsync(app);
        await using var bob = await app.JoinAsync("bob", "d");
        await bob.SayAsync("d", "Hello Alice", "b1", "alice");
        var hers = (await bob.ReadAsync("d"))[0]!;
        await bob.InvokeAsync("SetReaction", new { roomId = "d", messageId = (string?)hers["messageId"], emoji = "x", isSet = true });

        var (status, erasure) = await EraseAsync(app, "alice", await app.GetTokenAsync("root", role: "admin"));

        Assert.Equal(HttpStatusCode.OK, status);
        var pseudonym = (string?)erasure!["pseudonym"];
        Assert.StartsWith("erased-", pseudonym, StringComparison.Ordinal);
        // bob, who is in the room, sees it happen
        Assert.Equal((string?)hers["messageId"], (string?)(await bob.NextAsync("MessageDeleted"))["messageId"]);
        await bob.NextAsync("MessageEdited", message => (string?)message["clientMessageId"] == "b1");
        var messages = await bob.ReadAsync("d");
        Assert.Equal((pseudonym, ""), ((string?)messages[0]!["senderId"], (string?)messages[0]!["content"]));
        Assert.Equal("Hello Alice", (string?)messages[1]!["content"]);
        Assert.DoesNotContain("\"alice\"", messages.ToJsonString(), StringComparison.Ordinal);

        var log = app.Services.GetRequiredService<IOperationLog>();
        Assert.All(await log.ReadAsync("d", 0, 10, Cancellation), entry => Assert.Equal(pseudonym, entry.UserId));
        await using var reader = await app.ConnectAsync("carol");
        Assert.Equal("Alice was here", (string?)(await reader.InvokeAsync("Subscribe", new { documentId = "d" }))!["content"]);
        Assert.DoesNotContain(app.Logs.Lines, line => line.EventId == 1200 && line.Text.Contains("alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erasure_ByOthersThanAdministrators_IsRefused()
    {
        await using var app = await StartAsync(inMemory: true);
        await WriteAsync(app);
        Assert.Equal(HttpStatusCode.Forbidden, (await EraseAsync(app, "alice", await app.GetTokenAsync("alice"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await EraseAsync(app, "alice", token: null)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await EraseAsync(app, new string('a', 129), await app.GetTokenAsync("root", role: "admin"))).Status);
        await using var bob = await app.JoinAsync("bob", "d");
        Assert.Equal("alice", (string?)(await bob.ReadAsync("d"))[0]!["senderId"]);
    }

    [Fact]
    public async Task Erasure_OfAUserWhoseIdHasOtherCharacters_IsOfThatUser()
    {
        await using var app = await StartAsync(inMemory: true);
        string[] ids = ["a/b", "a%2Fb", "auth0|5 f", "zoë?x=1"];
        await app.CreateDocumentAsync("d");
        foreach (var id in ids)
        {
            await using var chatter = await app.JoinAsync(id, "d");
            await chatter.SayAsync("d", "It is me");
            var (status, erasure) = await EraseAsync(app, Uri.EscapeDataString(id), await app.GetTokenAsync("root", role: "admin"));
            Assert.Equal((HttpStatusCode.OK, 1), (status, (int)erasure!["messages"]!));
        }

        await using var bob = await app.JoinAsync("bob", "d");
        Assert.All(await bob.ReadAsync("d"), message => Assert.StartsWith("erased-", (string?)message!["senderId"], StringComparison.Ordinal));
    }

    private static async Task WriteAsync(TestApp app)
    {
        await using var editor = await app.ConnectAsync("alice");
        await editor.InvokeAsync("StartEditing", new { documentId = "d" });
        await editor.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("Alice was here")));
        await using var chatter = await app.JoinAsync("alice", "d");
        await chatter.SayAsync("d", "It is me, Alice");
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> EraseAsync(TestApp app, string userId, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/users/{userId}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await app.Http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation));
    }

    private static Task<TestApp> StartAsync(bool inMemory) => TestApp.StartAsync(inMemory
        ? new TestAppOptions()
        : new TestAppOptions { Storage = (services, folder) => services.AddSqliteStorage($"Data Source={Path.Combine(folder.FullName, "collab.db")}") });
}
