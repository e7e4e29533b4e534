using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Followers;

/// <summary>What keeps a stream going, and what ends it.</summary>
public sealed class StreamEndTests
{
    private const string Key = "a-key-for-tests-of-more-than-thirty-two-bytes";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QuietStream_GetsACommentNowAndThen()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions { Time = time });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var follower = await EventClient.OpenAsync(app, "ada", "d");
        await follower.NextAsync("snapshot");

        var comment = follower.NextAsync("comment");
        await AdvanceUntilAsync(app, time, comment);

        Assert.Equal("keep-alive", (string?)(await comment)["data"]);
    }

    [Fact]
    public async Task LostMessages_AreReadFromTheLog()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var loss = new Loss();
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Time = time,
            ConfigureServices = services => services.AddSingleton<IDocumentEvents>(provider =>
                new LosingEvents(ActivatorUtilities.CreateInstance<DocumentBroadcast>(provider), loss)),
        });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var follower = await EventClient.OpenAsync(app, "grace", "d");
        await follower.NextAsync("snapshot");
        for (var revision = 0; revision < 6; revision++)
        {
            loss.IsOn = revision % 3 != 0;
            await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, new JsonArray("x")));
        }

        // 4 came and showed that 2 and 3 were lost; that 5 and 6 were shows nothing but the quiet
        var last = follower.NextAsync("remote_operation", operation => (long)operation["id"]! == 6);
        await AdvanceUntilAsync(app, time, last);

        Assert.Equal([1, 2, 3, 4, 5, 6], follower.Revisions);
        Assert.Equal(4, loss.Count);
    }

    [Fact]
    public async Task Stream_WhoseTokenEnds_Ends()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Time = time,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RealtimeCollab:Auth:SigningKey"] = Key, ["RealtimeCollab:Access:DefaultRole"] = "editor" },
        });
        var start = time.GetUtcNow();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "grace" },
            Expires = time.GetUtcNow().UtcDateTime.AddSeconds(60),
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)), SecurityAlgorithms.HmacSha256),
        });
        await using var follower = await EventClient.OpenUrlAsync(app, $"/api/documents/d/events?access_token={token}");
        await follower.NextAsync("snapshot");

        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        await follower.NextAsync("remote_operation");
        await AdvanceUntilAsync(app, time, follower.Ended);

        Assert.InRange(time.GetUtcNow(), start.AddSeconds(60), start.AddSeconds(70));
        Assert.DoesNotContain(app.Logs.Lines, line => line.EventId == ServerEventIds.SlowReceiverCut);
    }

    [Fact]
    public async Task Stream_WhoseUserMayNoLongerRead_EndsBeforeTheNextEdit()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var roles = new ChangingRole();
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Time = time,
            ConfigureServices = services => services.AddSingleton<IDocumentAuthorizer>(roles),
        });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var follower = await EventClient.OpenAsync(app, "grace", "d");
        await follower.NextAsync("snapshot");

        roles.OfOthers = DocumentRole.None;
        time.Advance(TimeSpan.FromSeconds(1.5));
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("secret")));

        await follower.Ended.WaitAsync(Patience.Limit, Cancellation);
        Assert.Empty(follower.Revisions);
        using var again = await EventClient.SendAsync(app.Http, "/api/documents/d/events", await app.GetTokenAsync("grace"));
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
    }

    [Fact]
    public async Task Open_WhileTheServerStops_IsAStreamThatSaysWhenToComeBack()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        app.Services.GetRequiredService<FollowerRegistry>().Drain();

        await using var follower = await EventClient.OpenAsync(app, "ada", "d");

        Assert.InRange(int.Parse((string)(await follower.NextAsync("retry"))["data"]!, System.Globalization.CultureInfo.InvariantCulture), 1000, 3000);
        await follower.Ended.WaitAsync(Patience.Limit, Cancellation);
        Assert.Empty(follower.Received("snapshot"));
    }

    [Fact]
    public async Task Streams_BeyondTheLimitOfAUser_AreRefused()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Configure = options => options.Limits = options.Limits with { ConnectionsPerUser = 2 } });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        await using var one = await EventClient.OpenAsync(app, "ada", "d");
        await using var two = await EventClient.OpenAsync(app, "ada", "d");

        using var third = await EventClient.SendAsync(app.Http, "/api/documents/d/events", await app.GetTokenAsync("ada"));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
    }

    [Theory]
    [InlineData("/api/documents/d/events?since=x", 400)]
    [InlineData("/api/documents/d/events?since=-1", 400)]
    [InlineData("/api/documents/d/events?clientId=a%20b", 400)]
    [InlineData("/api/documents/bad%20id/events", 400)]
    [InlineData("/api/documents/missing/events", 404)]
    public async Task Open_Badly_IsAProblem(string address, int status)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });

        using var answer = await EventClient.SendAsync(app.Http, address, await app.GetTokenAsync("ada"));

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>Moves the clock on second by second; what a second brings to write is written before the next one.</summary>
    private static async Task AdvanceUntilAsync(TestApp app, ManualTime time, Task task)
    {
        var followers = app.Services.GetRequiredService<FollowerRegistry>();
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            while (!task.IsCompleted && followers["d"].Any(follower => follower.WaitingBytes > 0))
                await Task.Yield();
            // the network has a time of its own
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation));
        }

        await task;
    }

    private sealed class Loss
    {
        public volatile bool IsOn;

        public int Count;
    }

    private sealed class LosingEvents(IDocumentEvents inner, Loss loss) : IDocumentEvents
    {
        public ValueTask OperationsAppliedAsync(string documentId, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
        {
            if (!loss.IsOn)
                return inner.OperationsAppliedAsync(documentId, entries, cancellationToken);
            loss.Count += entries.Count;
            return ValueTask.CompletedTask;
        }

        public ValueTask SelectionsChangedAsync(
            string documentId, long revision, IReadOnlyList<Sessions.Rooms.RoomMember> members, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask MemberJoinedAsync(string documentId, Sessions.Rooms.RoomMember member, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask MemberLeftAsync(string documentId, Sessions.Rooms.RoomMember member, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask RoomChangedAsync(DocumentSession session, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class ChangingRole : IDocumentAuthorizer
    {
        public DocumentRole OfOthers { get; set; } = DocumentRole.Viewer;

        public ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken) =>
            ValueTask.FromResult(user.FindFirst("sub")!.Value == document.CreatedBy ? DocumentRole.Owner : OfOthers);

        public ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
