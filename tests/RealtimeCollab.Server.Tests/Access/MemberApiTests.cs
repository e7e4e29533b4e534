using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>Members of documents over HTTP.</summary>
public sealed class MemberApiTests
{
    [Fact]
    public async Task Members_OfANewDocument_AreItsCreator()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        Assert.Equal("ada:owner", await ListAsync(app));
    }

    [Fact]
    public async Task Put_AndDelete_GiveAndTakeRoles()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var ada = await ApiClient.OfAsync(app, "ada");

        var (status, answer) = await ada.PutAsync("d", "bob", "editor");
        Assert.Equal((HttpStatusCode.OK, """{"userId":"bob","role":"editor"}"""), (status, answer.ToJsonString()));
        await ada.PutAsync("d", "eve", "none");
        Assert.Equal("ada:owner bob:editor eve:none", await ListAsync(app));

        Assert.Equal(HttpStatusCode.NoContent, (await ada.DeleteAsync("d", "bob")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.DeleteAsync("d", "bob")).Status);
        Assert.Equal("ada:owner eve:none", await ListAsync(app));
    }

    [Fact]
    public async Task Put_UserWhoseIdHasOtherCharacters_TakesItAsItIs()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var ada = await ApiClient.OfAsync(app, "ada");
        string[] ids = ["a/b", "a%2Fb", "auth0|5 f", "zoë?x=1"];
        foreach (var id in ids)
            Assert.Equal(id, (string?)(await ada.PutAsync("d", id, "viewer")).Answer["userId"]);
        foreach (var id in ids)
            Assert.Equal(HttpStatusCode.NoContent, (await ada.DeleteAsync("d", id)).Status);
        Assert.Equal("ada:owner", await ListAsync(app));
    }

    [Fact]
    public async Task LastOwner_CanNeitherLeaveNorBeMadeLess()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("bob", "editor"));
        var ada = await ApiClient.OfAsync(app, "ada");
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.PutAsync("d", "ada", "editor"));
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.DeleteAsync("d", "ada"));

        await ada.PutAsync("d", "bob", "owner");
        Assert.Equal(HttpStatusCode.NoContent, (await ada.DeleteAsync("d", "ada")).Status);
        AssertRefused(HttpStatusCode.Forbidden, "permission_denied", await ada.PutAsync("d", "ada", "owner"));
    }

    [Fact]
    public async Task Member_TakesOutThemselvesAndNobodyElse()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("bob", "viewer"), ("eve", "editor"));
        var bob = await ApiClient.OfAsync(app, "bob");
        AssertRefused(HttpStatusCode.Forbidden, "permission_denied", await bob.DeleteAsync("d", "eve"));
        Assert.Equal(HttpStatusCode.NoContent, (await bob.DeleteAsync("d", "bob")).Status);
        AssertRefused(HttpStatusCode.Forbidden, "permission_denied", await bob.CallAsync("d"));
    }

    [Theory]
    [InlineData("""{"role":"king"}""")]
    [InlineData("""{"role":99}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("role")]
    public async Task Put_BodyThatIsNoRole_IsInvalidRequest(string body)
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var ada = await ApiClient.OfAsync(app, "ada");
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.SendAsync(HttpMethod.Put, "/api/documents/d/members/bob", body));
        Assert.Equal("ada:owner", await ListAsync(app));
    }

    [Fact]
    public async Task Put_UserIdThatIsNone_IsInvalidRequest()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d");
        var ada = await ApiClient.OfAsync(app, "ada");
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.PutAsync("d", new string('x', 129), "viewer"));
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.PutAsync("d", "a\nb", "viewer"));
    }

    [Fact]
    public async Task Members_OfADocumentThatIsNotThere_AreNotFound()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        AssertRefused(HttpStatusCode.NotFound, "document_not_found", await (await ApiClient.OfAsync(app, "ada")).PutAsync("nowhere", "bob", "viewer"));
    }

    [Fact]
    public async Task List_InPages_GivesEachMemberOnce()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("bob", "viewer"), ("eve", "viewer"));
        var ada = await ApiClient.OfAsync(app, "ada");
        Assert.Equal(["ada", "bob"], UsersOf(await ada.GetAsync("d/members?limit=2")));
        Assert.Equal(["eve"], UsersOf(await ada.GetAsync("d/members?limit=2&after=bob")));
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.CallAsync("d/members?limit=0"));
        // which is no character that every store can compare with
        AssertRefused(HttpStatusCode.BadRequest, "invalid_request", await ada.CallAsync("d/members?after=%00"));
    }

    private static IEnumerable<string?> UsersOf(JsonObject page) => page["members"]!.AsArray().Select(member => (string?)member!["userId"]);

    private static async Task<string> ListAsync(TestApp app)
    {
        var members = (await (await ApiClient.OfAsync(app, "ada")).GetAsync("d/members"))["members"]!.AsArray();
        return string.Join(' ', members.Select(member => $"{member!["userId"]}:{member["role"]}"));
    }

    private static void AssertRefused(HttpStatusCode status, string code, (HttpStatusCode Status, JsonObject Answer) call) =>
        Assert.Equal((status, code), (call.Status, (string?)call.Answer["code"]));
}
