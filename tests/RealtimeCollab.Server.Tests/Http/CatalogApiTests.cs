using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Tests.Access;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Tests.Http;

/// <summary>Documents are created, listed and named without a hub.</summary>
public sealed class CatalogApiTests
{
    private const string Documents = "/api/documents";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_WithContent_IsADocumentThatHubsKnow()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        var api = await ApiClient.OfAsync(app, "ada");

        var (status, made) = await api.SendAsync(HttpMethod.Post, Documents, """{"documentId":"d","title":"Plan","content":["Hi",{"insert":"!","attributes":{"bold":true}}]}""");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("d", "Plan", "richText", 1, "owner", "ada"), (
            (string?)made["documentId"], (string?)made["title"], (string?)made["contentType"], (int)made["revision"]!, (string?)made["role"], (string?)made["createdBy"]));

        await using var ada = await app.ConnectAsync("ada");
        var snapshot = await ada.InvokeAsync("Subscribe", new { documentId = "d" });
        Assert.Equal("""["Hi",{"insert":"!","attributes":{"bold":true}}]""", snapshot!["content"]!.ToJsonString());
        Assert.Equal("Plan", (string?)(await api.GetAsync("d"))["title"]);
    }

    [Fact]
    public async Task Create_SentAgain_IsOneDocument()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        var ada = await ApiClient.OfAsync(app, "ada");
        await ada.SendAsync(HttpMethod.Post, Documents, """{"documentId":"d","content":"first"}""");
        var (again, there) = await ada.SendAsync(HttpMethod.Post, Documents, """{"documentId":"d","content":"second"}""");
        Assert.Equal((HttpStatusCode.OK, 1), (again, (int)there["revision"]!));
        Assert.Equal("first", (string?)(await ada.GetAsync("d"))["content"]);

        var one = await PostWithKeyAsync(app, "ada", "k1");
        var two = await PostWithKeyAsync(app, "ada", "k1");
        var other = await PostWithKeyAsync(app, "ada", "k2");
        var grace = await PostWithKeyAsync(app, "grace", "k1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, one.Id), (one.Status, two.Status, two.Id));
        Assert.Equal(3, new HashSet<string> { one.Id, other.Id, grace.Id }.Count);

        Assert.Equal(HttpStatusCode.Forbidden, (await (await ApiClient.OfAsync(app, "grace")).SendAsync(HttpMethod.Post, Documents, """{"documentId":"d"}""")).Status);
    }

    [Fact]
    public async Task Create_WhereUsersMayNot_IsDenied()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Configure = options => options.Access.AllowCreation = false });

        var (status, problem) = await (await ApiClient.OfAsync(app, "ada")).SendAsync(HttpMethod.Post, Documents, "{}");

        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (status, (string?)problem["code"]));
    }

    [Theory]
    [InlineData("""{"documentId":"a b"}""", 400, "invalid_request")]
    [InlineData("""{"title":"a\u0000"}""", 400, "invalid_request")]
    [InlineData("""{"title":"a\u202Eb"}""", 400, "invalid_request")]
    [InlineData("""{"contentType":"text","content":[{"insert":"x","attributes":{"bold":true}}]}""", 400, "invalid_operation")]
    [InlineData("""{"content":[{"retain":1}]}""", 400, "invalid_operation")]
    [InlineData("""{"content":7}""", 400, "invalid_operation")]
    [InlineData("""{"contentType":"pdf"}""", 400, "invalid_request")]
    [InlineData("[", 400, "invalid_request")]
    public async Task Create_Badly_MakesNothing(string body, int status, string code)
    {
        await using var app = await TestApp.StartAsync();
        var ada = await ApiClient.OfAsync(app, "ada");

        var (got, problem) = await ada.SendAsync(HttpMethod.Post, Documents, body);

        Assert.Equal((status, code), ((int)got, (string?)problem["code"]));
        Assert.Empty((await ada.SendAsync(HttpMethod.Get, Documents)).Answer["documents"]!.AsArray());
    }

    [Fact]
    public async Task List_PageByPage_GivesWhatTheCallerMayRead()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        var ada = await ApiClient.OfAsync(app, "ada");
        foreach (var id in new[] { "a", "b", "c", "d", "e" })
            await ada.SendAsync(HttpMethod.Post, Documents, $$"""{"documentId":"{{id}}","title":"Title {{id}}"}""");
        await app.SetRoleAsync("b", "grace", "viewer");
        await app.SetRoleAsync("d", "grace", "editor");
        await app.SetRoleAsync("e", "grace", "none");

        Assert.Equal(["a", "b", "c", "d", "e"], await IdsAsync(ada, limit: 2));
        var grace = await ApiClient.OfAsync(app, "grace");
        Assert.Equal(["b", "d"], await IdsAsync(grace, limit: 1));
        var (_, page) = await grace.SendAsync(HttpMethod.Get, Documents);
        Assert.Equal(["Title b viewer", "Title d editor"], page["documents"]!.AsArray().Select(one => $"{one!["title"]} {one["role"]}"));
        Assert.Empty(await IdsAsync(await ApiClient.OfAsync(app, "linus"), limit: 10));
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SendAsync(HttpMethod.Get, Documents + "?limit=0")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SendAsync(HttpMethod.Get, Documents + "?after=a%20b")).Status);
    }

    [Fact]
    public async Task List_ByTheApplicationsRules_AsksThem()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            ConfigureServices = services => services.AddSingleton<IDocumentAuthorizer, EvenLengths>(),
        });
        var ada = await ApiClient.OfAsync(app, "ada");
        foreach (var id in new[] { "a", "aa", "aaa", "aaaa", "b", "bb" })
            await ada.SendAsync(HttpMethod.Post, Documents, $$"""{"documentId":"{{id}}"}""");

        Assert.Equal(["aa", "aaaa", "bb"], await IdsAsync(ada, limit: 2));
    }

    [Fact]
    public async Task List_AmongManyThatAreHidden_LooksAtSoManyAndNamesNone()
    {
        var rules = new EvenLengths();
        await using var app = await TestApp.StartAsync(new TestAppOptions { ConfigureServices = services => services.AddSingleton<IDocumentAuthorizer>(rules) });
        var log = app.Services.GetRequiredService<IOperationLog>();
        for (var number = 0; number < 2_500; number++)
            await log.CreateAsync(new NewDocument($"secret{number:D5}", "i", ContentType.Text, "grace", TimeProvider.System.GetUtcNow()), first: null, Cancellation);
        await log.CreateAsync(new NewDocument("secret-not", "i", ContentType.Text, "grace", TimeProvider.System.GetUtcNow()), first: null, Cancellation);
        await log.CreateAsync(new NewDocument("shared", "i", ContentType.Text, "grace", TimeProvider.System.GetUtcNow()), first: null, Cancellation);
        var ada = await ApiClient.OfAsync(app, "ada");

        Assert.Equal(["secret-not", "shared"], await IdsAsync(ada, limit: 1));

        rules.Asked = 0;
        var (_, page) = await ada.SendAsync(HttpMethod.Get, Documents + "?limit=2");
        Assert.Equal("secret-not", (string?)Assert.Single(page["documents"]!.AsArray())!["documentId"]);
        Assert.Equal(1_000, rules.Asked);
        var next = (string)page["next"]!;
        Assert.Matches("^![A-Za-z0-9_-]{208}$", next);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SendAsync(HttpMethod.Get, $"{Documents}?after={next[..^4]}AAAA")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SendAsync(HttpMethod.Get, $"{Documents}?after={next}AAAA")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SendAsync(HttpMethod.Get, $"{Documents}?after=!*")).Status);
    }

    [Fact]
    public async Task Title_IsSetByEditorsAndTakenAway()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("grace", "editor"), ("linus", "viewer"));
        var grace = await ApiClient.OfAsync(app, "grace");

        var (status, named) = await grace.SendAsync(HttpMethod.Patch, Documents + "/d", """{"title":"Über 👍"}""");
        Assert.Equal((HttpStatusCode.OK, "Über 👍"), (status, (string?)named["title"]));
        Assert.Equal("Über 👍", (string?)(await grace.GetAsync("d"))["title"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await ApiClient.OfAsync(app, "linus")).SendAsync(HttpMethod.Patch, Documents + "/d", """{"title":"x"}""")).Status);
        Assert.Null((await grace.SendAsync(HttpMethod.Patch, Documents + "/d", "{}")).Answer["title"]);
        Assert.Null((await grace.GetAsync("d"))["title"]);
    }

    [Fact]
    public async Task Get_WithTheTagOfTheSameRevision_IsNotModified()
    {
        await using var app = await TestApp.StartAsync();
        var ada = await ApiClient.OfAsync(app, "ada");
        await ada.SendAsync(HttpMethod.Post, Documents, """{"documentId":"d","content":"Hello"}""");

        var (first, tag) = await GetAsync(app, "/d", tag: null);
        Assert.Equal(HttpStatusCode.OK, first);
        Assert.Equal((HttpStatusCode.NotModified, tag), await GetAsync(app, "/d", tag));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/d/export?format=markdown", tag)).Status);
        await ada.SendAsync(HttpMethod.Patch, Documents + "/d", """{"title":"New"}""");
        var (named, tagOfTitle) = await GetAsync(app, "/d", tag);
        Assert.Equal(HttpStatusCode.OK, named);
        await using var hub = await app.ConnectAsync("ada");
        await hub.InvokeAsync("StartEditing", new { documentId = "d" });
        await hub.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(5, "!")));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/d", tagOfTitle)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync(app, "/d", tag: null, any: true)).Status);
    }

    [Fact]
    public async Task Operations_PageByPage_FollowTheLinks()
    {
        await using var app = await TestApp.StartAsync();
        await using var hub = await app.ConnectAsync("ada");
        await hub.InvokeAsync("StartEditing", new { documentId = "d" });
        for (var revision = 0; revision < 7; revision++)
            await hub.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, new JsonArray("x")));
        using var http = await ClientOfAsync(app, "ada");

        var seen = new List<long>();
        for (var next = "/api/documents/d/operations?from=1&to=6&limit=2"; next is not null;)
        {
            using var response = await http.GetAsync(next, Cancellation);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
            seen.AddRange(page["operations"]!.AsArray().Select(operation => (long)operation!["revision"]!));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single()[1..].Split('>')[0] : null;
        }

        Assert.Equal([2, 3, 4, 5, 6], seen);
    }

    private static async Task<List<string>> IdsAsync(ApiClient api, int limit)
    {
        var ids = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var (status, page) = await api.SendAsync(HttpMethod.Get, $"{Documents}?limit={limit}&after={after}");
            Assert.Equal(HttpStatusCode.OK, status);
            var documents = page["documents"]!.AsArray();
            Assert.InRange(documents.Count, 0, limit);
            ids.AddRange(documents.Select(document => (string)document!["documentId"]!));
            after = (string?)page["next"];
        }

        return ids;
    }

    private static async Task<(HttpStatusCode Status, string Id)> PostWithKeyAsync(TestApp app, string userId, string key)
    {
        using var http = await ClientOfAsync(app, userId);
        http.DefaultRequestHeaders.Add("Idempotency-Key", key);
        using var response = await http.PostAsync(Documents, new StringContent("{}", new MediaTypeHeaderValue("application/json")), Cancellation);
        return (response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["documentId"]!);
    }

    private static async Task<(HttpStatusCode Status, string? Tag)> GetAsync(TestApp app, string path, string? tag, bool any = false)
    {
        using var http = await ClientOfAsync(app, "ada");
        if (tag is not null || any)
            http.DefaultRequestHeaders.Add("If-None-Match", any ? "*" : tag);
        using var response = await http.GetAsync(Documents + path, Cancellation);
        return (response.StatusCode, response.Headers.ETag?.ToString());
    }

    private static async Task<HttpClient> ClientOfAsync(TestApp app, string userId)
    {
        var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await app.GetTokenAsync(userId));
        return http;
    }

    private sealed class EvenLengths : IDocumentAuthorizer
    {
        public int Asked { get; set; }

        public ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(document.DocumentId.Length % 2 == 0 ? DocumentRole.Editor : DocumentRole.None);
        }

        public ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
