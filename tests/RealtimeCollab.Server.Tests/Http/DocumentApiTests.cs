using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Http;

/// <summary>A document's content and history over HTTP.</summary>
public sealed class DocumentApiTests
{
    [Fact]
    public async Task Get_WithAndWithoutRevision_GivesTheContentThen()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, "Hello");
        var api = await ApiClient.OfAsync(app, "grace");

        var head = await api.GetAsync("notes");
        Assert.Equal(("Hello!?", 3), ((string?)head["content"], (int)head["revision"]!));
        Assert.Equal(("notes", "text"), ((string?)head["documentId"], (string?)head["contentType"]));
        Assert.Equal("Hello!", (string?)(await api.GetAsync("notes?revision=2"))["content"]);
        Assert.Equal("", (string?)(await api.GetAsync("notes?revision=0"))["content"]);
    }

    [Fact]
    public async Task Get_RichText_GivesInserts()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "rich", contentType = "richText" });
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("rich", 0, JsonNode.Parse("""[{"insert":"b","attributes":{"bold":true}}]""")));

        var document = await (await ApiClient.OfAsync(app, "ada")).GetAsync("rich");
        Assert.Equal("""[{"insert":"b","attributes":{"bold":true}}]""", document["content"]!.ToJsonString());
    }

    [Fact]
    public async Task GetOperations_FromAndTo_GivesWhatLiesBetween()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, "Hello");
        var api = await ApiClient.OfAsync(app, "grace");

        var batch = await api.GetAsync("notes/operations?from=1&to=2");
        Assert.Equal(1, (int)batch["fromRevision"]!);
        Assert.Equal("""[5,"!"]""", Assert.Single(batch["operations"]!.AsArray())!["operation"]!.ToJsonString());
        Assert.Equal(3, (await api.GetAsync("notes/operations"))["operations"]!.AsArray().Count);
        Assert.Empty((await api.GetAsync("notes/operations?from=3"))["operations"]!.AsArray());
    }

    [Fact]
    public async Task Versions_NamedTwiceWithOneId_AreListedOnceWithTheNewestFirst()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, "Hello");
        var ada = await ApiClient.OfAsync(app, "ada");

        var (status, version) = await ada.CallAsync("notes/versions", """{"name":"Draft","revision":1,"versionId":"v1"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("v1", 1, "Draft", "ada"), ((string?)version["versionId"], (int)version["revision"]!, (string?)version["name"], (string?)version["createdBy"]));
        await ada.CallAsync("notes/versions", """{"name":"Draft","revision":1,"versionId":"v1"}""");
        await ada.CallAsync("notes/versions", """{"name":"Now"}""");

        var versions = (await (await ApiClient.OfAsync(app, "grace")).GetAsync("notes/versions"))["versions"]!.AsArray();
        Assert.Equal(["Now 3", "Draft 1"], versions.Select(one => $"{one!["name"]} {one["revision"]}"));
    }

    [Fact]
    public async Task Restore_SentTwice_IsOneOperationThatTheRoomSees()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await WriteAsync(app, "Hello");
        var grace = await ApiClient.OfAsync(app, "grace");

        const string body = """{"revision":1,"baseRevision":3,"operationId":"back"}""";
        var (_, restored) = await grace.CallAsync("notes/restore", body);
        var (_, again) = await grace.CallAsync("notes/restore", body);

        Assert.Equal((4, 4), ((int)restored["revision"]!, (int)again["revision"]!));
        var batch = await ada.NextAsync("OperationsApplied", message => (int)message["fromRevision"]! == 3);
        Assert.Equal(("grace", "back"), ((string?)batch["operations"]![0]!["userId"], (string?)batch["operations"]![0]!["operationId"]));
        var head = await grace.GetAsync("notes");
        Assert.Equal(("Hello", 4), ((string?)head["content"], (int)head["revision"]!));
    }

    [Theory]
    [InlineData("missing", null, 404, "document_not_found")]
    [InlineData("bad%20id", null, 400, "invalid_request")]
    [InlineData("notes?revision=4", null, 409, "revision_ahead")]
    [InlineData("notes?revision=-1", null, 400, "invalid_request")]
    [InlineData("notes?revision=1e3", null, 400, "invalid_request")]
    [InlineData("notes?revision=99999999999999999999", null, 400, "invalid_request")]
    [InlineData("notes/operations?from=4", null, 409, "revision_ahead")]
    [InlineData("notes/operations?from=2&to=1", null, 400, "invalid_request")]
    [InlineData("notes/versions", "{}", 400, "invalid_request")]
    [InlineData("notes/versions", "[", 400, "invalid_request")]
    [InlineData("notes/versions", "null", 400, "invalid_request")]
    [InlineData("notes/versions", """{"name":" "}""", 400, "invalid_request")]
    [InlineData("notes/versions", """{"name":"a\u0000b"}""", 400, "invalid_request")]
    [InlineData("notes/versions", """{"name":"v","revision":4}""", 409, "revision_ahead")]
    [InlineData("notes/versions", """{"name":"v","versionId":"a b"}""", 400, "invalid_request")]
    [InlineData("notes/restore", """{"revision":"1"}""", 400, "invalid_request")]
    [InlineData("notes/restore", """{"revision":-1}""", 400, "invalid_request")]
    [InlineData("notes/restore", """{"revision":9}""", 409, "revision_ahead")]
    [InlineData("notes/restore", """{"revision":1,"baseRevision":9}""", 409, "revision_ahead")]
    [InlineData("notes/restore", """{"revision":1,"operationId":""}""", 400, "invalid_request")]
    public async Task BadRequest_OfTheOwner_GetsItsCodeAndChangesNothing(string path, string? body, int status, string code)
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, "Hello");
        var ada = await ApiClient.OfAsync(app, "ada");

        var (got, problem) = await ada.CallAsync(path, body);

        Assert.Equal((status, code), ((int)got, (string?)problem["code"]));
        Assert.Equal(3, (int)(await ada.GetAsync("notes"))["revision"]!);
        Assert.Empty((await ada.GetAsync("notes/versions"))["versions"]!.AsArray());
    }

    [Fact]
    public async Task NameThatIsTooLong_AndBodyThatIsTooLarge_AreRefused()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, "Hello");
        var ada = await ApiClient.OfAsync(app, "ada");

        Assert.Equal(HttpStatusCode.Created, (await ada.CallAsync("notes/versions", Named(200))).Status);
        Assert.Equal("invalid_request", (string?)(await ada.CallAsync("notes/versions", Named(201))).Answer["code"]);
        var (status, problem) = await ada.CallAsync("notes/versions", Named(20_000));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payload_too_large"), (status, (string?)problem["code"]));

        static string Named(int length) => $$"""{"name":"{{new string('n', length)}}"}""";
    }

    [Theory]
    [InlineData("none", "notes", null)]
    [InlineData("none", "notes?revision=1", null)]
    [InlineData("none", "notes/operations", null)]
    [InlineData("none", "notes/versions", null)]
    [InlineData("viewer", "notes/restore", """{"revision":1}""")]
    [InlineData("editor", "notes/versions", """{"name":"v"}""")]
    public async Task Call_BeyondTheRole_IsDenied(string role, string path, string? body)
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Access:DefaultRole"] = role },
        });
        await using var _ = await WriteAsync(app, "Hello");

        var (status, problem) = await (await ApiClient.OfAsync(app, "grace")).CallAsync(path, body);

        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task Call_WithoutTokenOrFromAnotherPage_IsRefused()
    {
        await using var app = await TestApp.StartAsync();
        await using var _ = await WriteAsync(app, "Hello");

        using var response = await app.Http.GetAsync("/api/documents/notes", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var (status, problem) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("notes", origin: "https://evil.example");
        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), (status, (string?)problem["code"]));
    }

    /// <summary>Ada's document <c>notes</c> at revision 3: the text, and then "!" and "?" behind it.</summary>
    private static async Task<RawHubClient> WriteAsync(TestApp app, string text)
    {
        var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "notes", initialText = text });
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 1, new JsonArray(text.Length, "!")));
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("notes", 2, new JsonArray(text.Length + 1, "?")));
        return ada;
    }
}
