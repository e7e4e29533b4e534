using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Server.Tests.Access;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;

namespace RealtimeCollab.Server.Tests.Http;

/// <summary>What files may cost the node, before and after they are there.</summary>
public sealed class ImportBoundsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("d", "grace")]
    [InlineData("d", "linus")]
    [InlineData("new", "linus")]
    [InlineData("gone", "linus", "&baseRevision=1")]
    public async Task Import_OfOneWhoMayNot_IsRefusedUnread(string documentId, string userId, string query = "")
    {
        var held = new HeldBodies();
        await using var app = await TestApp.StartAsync(AccessApp.Private with
        {
            ConfigureServices = services => services.AddSingleton<IStartupFilter>(held),
            Configure = options => options.Access.AllowCreation = documentId == "d",
        });
        if (documentId == "d")
            await (await app.ShareAsync("d", ("grace", "viewer"))).DisposeAsync();

        var (status, code) = await ImportAsync(app, userId, $"{documentId}/import?{HeldBodies.Mark}{query}", "mine");

        Assert.Equal(query.Length == 0 ? (HttpStatusCode.Forbidden, "permission_denied") : (HttpStatusCode.NotFound, "document_not_found"), (status, code));
        Assert.False(held.IsAskedFor.IsCompleted);
    }

    [Fact]
    public async Task Import_WhoseBodyComesAfterTheRightIsGone_IsDenied()
    {
        var held = new HeldBodies();
        await using var app = await TestApp.StartAsync(AccessApp.Private with { ConfigureServices = services => services.AddSingleton<IStartupFilter>(held) });
        await using var _ = await app.ShareAsync("d", ("bob", "editor"));

        var sent = ImportAsync(app, "bob", $"d/import?{HeldBodies.Mark}", "mine");
        await held.IsAskedFor.WaitAsync(Patience.Limit, Cancellation);
        await app.SetRoleAsync("d", "bob", "viewer");
        held.Release();

        Assert.Equal((HttpStatusCode.Forbidden, "permission_denied"), await sent);
        Assert.Equal("text", (string?)(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d"))["content"]);
    }

    [Fact]
    public async Task Imports_OfOneUser_AreFewAtATime()
    {
        var held = new HeldBodies();
        await using var app = await TestApp.StartAsync(new TestAppOptions { ConfigureServices = services => services.AddSingleton<IStartupFilter>(held) });
        var first = ImportAsync(app, "ada", $"one/import?{HeldBodies.Mark}", "1");
        await held.IsAskedFor.WaitAsync(Patience.Limit, Cancellation);
        Task<(HttpStatusCode Status, string? Code)>[] more = [.. Enumerable.Range(0, 2).Select(i => ImportAsync(app, "ada", $"more{i}/import?{HeldBodies.Mark}", "2"))];

        // two wait for their bodies, one is too many, whichever it is
        var refused = await Task.WhenAny(more).WaitAsync(Patience.Limit, Cancellation);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), await refused);
        Assert.Equal(HttpStatusCode.Created, (await ImportAsync(app, "grace", "hers/import", "of another user")).Status);

        held.Release();
        Assert.Equal(HttpStatusCode.Created, (await first).Status);
        Assert.Equal(HttpStatusCode.Created, (await more.Single(import => import != refused)).Status);
    }

    [Fact]
    public async Task Work_OnFiles_IsDoneForSomeWhileSomeWaitAndNoMore()
    {
        using var seats = new ImportSeats(Options.Create(new RealtimeCollabOptions { RequestLimits = new RequestLimitOptions { ImportsAtOnce = 1 } }));
        var first = await seats.WorkAsync(Cancellation);
        Task<IDisposable?>[] waiting = [.. Enumerable.Range(0, 8).Select(_ => seats.WorkAsync(Cancellation).AsTask())];

        Assert.Equal(CollabError.RateLimited, (await Assert.ThrowsAsync<CollabException>(() => seats.WorkAsync(Cancellation).AsTask())).Error);
        Assert.All(waiting, work => Assert.False(work.IsCompleted));

        first!.Dispose();
        foreach (var work in waiting)
            (await work.WaitAsync(Patience.Limit, Cancellation))!.Dispose();
    }

    [Fact]
    public async Task Markdown_HasALimitOfItsOwn()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Configure = options => options.RequestLimits = options.RequestLimits with { MaxMarkdownBytes = 1000, ImportsPerSecondPerUser = 0 },
        });
        var file = new string('x', 1001);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payload_too_large"), await ImportAsync(app, "ada", "m/import?format=markdown", file));
        Assert.Equal(HttpStatusCode.Created, (await ImportAsync(app, "ada", "m/import?format=markdown", file[1..])).Status);
        Assert.Equal(HttpStatusCode.Created, (await ImportAsync(app, "ada", "t/import?format=text", file)).Status);
    }

    [Fact]
    public async Task Markdown_ThatCostsTooMuch_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", contentType = "richText", initialText = "text" });
        var stars = new string('*', 100_000);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), await ImportAsync(app, "ada", "d/import?format=markdown", $"{stars}a{stars}"));

        Assert.Equal(1, (int)(await (await ApiClient.OfAsync(app, "ada")).GetAsync("d"))["revision"]!);
    }

    [Theory]
    [InlineData("d/import?format=text")]
    [InlineData("new/import?format=text")]
    [InlineData("new/import?format=delta", """{"ops":[{"insert":"xxxxxxxxxxx"}]}""")]
    public async Task Import_LongerThanADocument_IsRefused(string path, string file = "xxxxxxxxxxx")
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Configure = options => options.Limits = options.Limits with { MaxDocumentLength = 10 } });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d", initialText = "text" });

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "document_too_large"), await ImportAsync(app, "ada", path, file));
    }

    [Theory]
    [InlineData("d", "json")]
    [InlineData("d/export?format=html", "html")]
    [InlineData("d?revision=1", "json")]
    public async Task Content_ThatTheCallerHas_IsNotReadAgain(string path, string form)
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Storage = (services, _) =>
            {
                services.AddMemoryStorage();
                services.AddSingleton(provider => new CountedSnapshots(provider.GetRequiredService<MemoryStore>()));
                services.AddSingleton<ISnapshotStore>(provider => provider.GetRequiredService<CountedSnapshots>());
            },
        });
        await ImportAsync(app, "ada", "d/import", "text");
        var snapshots = app.Services.GetRequiredService<CountedSnapshots>();
        using var read = await SendAsync(app, "ada", HttpMethod.Get, path, content: null);
        var asked = snapshots.Asked;
        Assert.NotEqual(0, asked);

        using var known = await SendAsync(app, "ada", HttpMethod.Get, path, content: null, read.Headers.ETag!.ToString());
        Assert.Equal((HttpStatusCode.NotModified, $"\"{form}-1\""), (known.StatusCode, known.Headers.ETag?.ToString()));
        Assert.Equal(asked, snapshots.Asked);

        // what was never there is not known to anyone
        using var ahead = await SendAsync(app, "ada", HttpMethod.Get, $"d?revision=9", content: null, "*");
        Assert.Equal((HttpStatusCode.Conflict, null), (ahead.StatusCode, ahead.Headers.ETag));
    }

    private static async Task<(HttpStatusCode Status, string? Code)> ImportAsync(TestApp app, string userId, string path, string file)
    {
        using var content = new StringContent(file, Encoding.UTF8, "text/plain");
        using var response = await SendAsync(app, userId, HttpMethod.Post, path, content);
        return (response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["code"]);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestApp app, string userId, HttpMethod method, string path, HttpContent? content, string? tag = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/documents/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await app.GetTokenAsync(userId));
        if (tag is not null)
            request.Headers.Add("If-None-Match", tag);
        return await app.Http.SendAsync(request, Cancellation);
    }

    /// <summary>Whoever builds a document's content begins here.</summary>
    private sealed class CountedSnapshots(ISnapshotStore store) : ISnapshotStore
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public ValueTask<StoredSnapshot?> FindAsync(string documentId, string incarnation, long atOrBelow, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return store.FindAsync(documentId, incarnation, atOrBelow, cancellationToken);
        }

        public ValueTask SaveAsync(StoredSnapshot snapshot, CancellationToken cancellationToken) => store.SaveAsync(snapshot, cancellationToken);

        public ValueTask<long> CompactAsync(string documentId, string incarnation, long horizon, CancellationToken cancellationToken) =>
            store.CompactAsync(documentId, incarnation, horizon, cancellationToken);
    }
}
