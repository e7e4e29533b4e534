using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Access;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Http;

/// <summary>Documents as files over HTTP.</summary>
public sealed class FormatApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text", "text/plain", "Plan\nbold\n")]
    [InlineData("markdown", "text/markdown", "# Plan\n\n**bold**\n")]
    [InlineData("delta", "application/json", """{"ops":[{"insert":"Plan"},{"insert":"\n","attributes":{"header":1}},{"insert":"bold","attributes":{"bold":true}},{"insert":"\n"}]}""")]
    public async Task Export_OfAnImport_IsTheSameFile(string format, string mediaType, string file)
    {
        await using var app = await TestApp.StartAsync();
        var (status, imported) = await ImportAsync(app, "ada", "d?format=markdown", "# Plan\n\n**bold**\n");
        Assert.Equal((HttpStatusCode.Created, 1), (status, (int)imported["revision"]!));

        using var response = await GetAsync(app, "ada", $"d/export?format={format}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(file, await response.Content.ReadAsStringAsync(Cancellation));
        if (format == "text")
            return;
        Assert.Equal(HttpStatusCode.Created, (await ImportAsync(app, "ada", $"copy?format={format}", file)).Status);
        using var copy = await GetAsync(app, "ada", $"copy/export?format={format}");
        Assert.Equal(file, await copy.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Export_AsHtml_RunsNothing()
    {
        await using var app = await TestApp.StartAsync();
        await ImportAsync(app, "ada", "d?format=text", "<script>alert(1)</script>");

        using var response = await GetAsync(app, "ada", "d/export?format=html");

        var page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Import_IntoAnOpenDocument_IsAnEditBesideThoseOfOthersAndOnceWhenSentAgain()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "one two three" });
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray(13, "!")));

        const string path = "d?format=text&baseRevision=1&operationId=i1";
        var (status, first) = await ImportAsync(app, "grace", path, "one 2 three");
        var (_, again) = await ImportAsync(app, "grace", path, "one 2 three");

        Assert.Equal((HttpStatusCode.OK, 3, 3), (status, (int)first["revision"]!, (int)again["revision"]!));
        var batch = await ada.NextAsync("OperationsApplied", message => (int)message["fromRevision"]! == 2);
        Assert.Equal(("grace", "i1"), ((string?)batch["operations"]![0]!["userId"], (string?)batch["operations"]![0]!["operationId"]));
        Assert.Equal("one 2 three!", (string?)(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d"))["content"]);
    }

    [Theory]
    [InlineData("d?format=markdown", "**bold**", 400, "invalid_operation")]
    [InlineData("d?format=html", "<p>x</p>", 400, "invalid_request")]
    [InlineData("d?format=docx", "x", 400, "invalid_request")]
    [InlineData("d?format=delta", "{", 400, "invalid_operation")]
    [InlineData("d?format=delta", """{"ops":[{"retain":1},{"insert":"x"}]}""", 400, "invalid_request")]
    [InlineData("d?baseRevision=9", "x", 409, "revision_ahead")]
    [InlineData("d?baseRevision=x", "x", 400, "invalid_request")]
    [InlineData("new?format=delta", "{", 400, "invalid_operation")]
    [InlineData("new?baseRevision=1", "x", 404, "document_not_found")]
    public async Task Import_Badly_ChangesNothing(string path, string body, int status, string code)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "text" });

        var (got, problem) = await ImportAsync(app, "ada", path, body);

        Assert.Equal((status, code), ((int)got, (string?)problem["code"]));
        var api = await ApiClient.OfAsync(app, "ada");
        Assert.Equal(("text", 1), ((string?)(await api.GetAsync("d"))["content"], (int)(await api.GetAsync("d"))["revision"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("new")).Status);
    }

    [Fact]
    public async Task Import_OfBytesThatAreNoText_OrTooMany_IsRefused()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Configure = options => options.Limits = options.Limits with { MaxDocumentLength = 1000 } });
        Assert.Equal("invalid_request", await RefusedAsync(app, [0xFF, 0xFE, 0xFD]));
        Assert.Equal("document_too_large", await RefusedAsync(app, Encoding.UTF8.GetBytes(new string('x', 1001))));
        Assert.Equal("payload_too_large", await RefusedAsync(app, new byte[5000]));
    }

    [Fact]
    public async Task Files_GoByTheRolesOfTheHub()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("grace", "viewer"));

        using var seen = await GetAsync(app, "grace", "d/export");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ImportAsync(app, "grace", "d", "mine")).Status);
        using var hidden = await GetAsync(app, "linus", "d/export");
        Assert.Equal(HttpStatusCode.Forbidden, hidden.StatusCode);
    }

    private static async Task<string?> RefusedAsync(TestApp app, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var response = await SendAsync(app, "ada", HttpMethod.Post, "d/import", content);
        return (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["code"];
    }

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> ImportAsync(TestApp app, string userId, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var response = await SendAsync(app, userId, HttpMethod.Post, path.Contains('?', StringComparison.Ordinal) ? path.Replace("?", "/import?", StringComparison.Ordinal) : path + "/import", content);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!);
    }

    private static Task<HttpResponseMessage> GetAsync(TestApp app, string userId, string path) => SendAsync(app, userId, HttpMethod.Get, path, content: null);

    private static async Task<HttpResponseMessage> SendAsync(TestApp app, string userId, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"/api/documents/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await app.GetTokenAsync(userId));
        return await app.Http.SendAsync(request, Cancellation);
    }
}
