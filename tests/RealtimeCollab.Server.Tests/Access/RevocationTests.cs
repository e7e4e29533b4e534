using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>What a change of a role does to those who are in the document.</summary>
public sealed class RevocationTests
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writer_WhoLosesAllRights_IsOutWhenTheChangeIsAnswered()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var ada = await app.ShareAsync("d", ("eve", "editor"));
        await using var eve = await app.ConnectAsync("eve");
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });

        await app.SetRoleAsync("d", "eve", "none");

        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x"))));
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("UpdateSelection", new { documentId = "d", revision = 1 }));
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("GetOperations", new { documentId = "d", fromRevision = 0 }));
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("Subscribe", new { documentId = "d" }));
        Assert.Equal("none", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
        Assert.Equal("eve", (string?)(await ada.NextAsync("UserLeft"))["client"]!["userId"]);
        await AssertHearsNothingAsync(ada, eve);
        Assert.Equal(2, (await app.HeadAsync("d")).Revision);
    }

    [Fact]
    public async Task Writer_WhoMayOnlyRead_BecomesAReader()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var ada = await app.ShareAsync("d", ("eve", "editor"));
        await using var eve = await app.ConnectAsync("eve");
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });

        await app.SetRoleAsync("d", "eve", "viewer");

        Assert.Equal("viewer", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x"))));
        await ada.NextAsync("SessionInfo", info => (int)info["readerCount"]! == 1 && (int)info["writerCount"]! == 1);
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("hers")));
        Assert.Equal(2, (long)(await eve.NextAsync("OperationsApplied"))["operations"]![0]!["revision"]!);

        await app.SetRoleAsync("d", "eve", "editor");
        Assert.Equal("editor", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });
        await eve.InvokeAsync("SubmitOperation", Requests.Submit("d", 2, new JsonArray("x")));
    }

    [Fact]
    public async Task Revocation_OnAnotherNode_IsFoundByTheNextLook()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d", ("eve", "editor"));
        await using var eve = await app.ConnectAsync("eve");
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });

        await app.SetRoleElsewhereAsync("d", "eve", MemberRole.None);
        // the append itself is compared with the members, so for writing there is nothing to wait for
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x"))));
        Assert.Empty(eve.Received("AccessChanged"));

        time.Advance(Look);

        Assert.Equal("none", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
        await AssertHearsNothingAsync(ada, eve);
    }

    [Fact]
    public async Task RoleThatIsGiven_OnAnotherNode_IsToldByTheNextLook()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d", ("eve", "viewer"));
        await using var eve = await app.ConnectAsync("eve");
        await eve.InvokeAsync("Subscribe", new { documentId = "d" });

        await app.SetRoleElsewhereAsync("d", "eve", MemberRole.Editor);
        time.Advance(Look);

        Assert.Equal("editor", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
        await eve.InvokeAsync("StartEditing", new { documentId = "d" });
    }

    [Fact]
    public async Task OperationsOfAnotherNode_AreFoundByTheNextLook()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var entry = (await app.ReadLogAsync("d"))[0] with { Revision = 2, OperationId = "elsewhere", Operation = OperationalTransform.TextOperation.Replace(4, 0, 0, "x") };
        var head = await app.HeadAsync("d");
        await app.Services.GetRequiredService<IOperationLog>().AppendAsync(new AppendBatch("d", head.Incarnation, 1, [entry]), Cancellation);

        time.Advance(Look);

        Assert.Equal("elsewhere", (string?)(await ada.NextAsync("OperationsApplied"))["operations"]![0]!["operationId"]);
    }

    [Fact]
    public async Task DocumentThatIsDeleted_OnAnotherNode_IsClosedByTheNextLook()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var head = await app.HeadAsync("d");
        await app.Services.GetRequiredService<IOperationLog>().DeleteAsync("d", head.Incarnation, deletedBy: null, time.GetUtcNow(), Cancellation);

        time.Advance(Look);

        Assert.Equal("deleted", (string?)(await ada.NextAsync("DocumentClosed"))["reason"]);
        Assert.Equal("document_not_found", await ada.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x"))));
    }

    [Fact]
    public async Task ChatRoom_OfADocument_IsLeftWithTheDocument()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var _ = await app.ShareAsync("d", ("eve", "commenter"), ("bob", "commenter"));
        await using var ada = await app.JoinAsync("ada", "d");
        await using var eve = await app.JoinAsync("eve", "d");
        await using var bob = await app.JoinAsync("bob", "d");

        await app.SetRoleAsync("d", "eve", "none");
        await app.SetRoleElsewhereAsync("d", "bob", MemberRole.None);
        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("SendMessage", Message("still here?")));
        time.Advance(Look);
        // the look is over when somebody else has heard of what it found
        await using var seen = await app.ConnectAsync("ada");
        await WaitUntilAsync(() => !app.Services.GetRequiredService<IEnumerable<IDocumentGuests>>().SelectMany(guests => guests.Guests).Any(guest => guest.Grant.Role == DocumentRole.None));
        await ada.SayAsync("d", "among ourselves");
        await ada.HearAsync("among ourselves");

        foreach (var outside in new[] { eve, bob })
        {
            Assert.Equal("permission_denied", await outside.InvokeRefusedAsync("GetMessages", new { roomId = "d", limit = 10 }));
            Assert.Empty(outside.Received("MessageReceived"));
        }
    }

    [Fact]
    public async Task Presence_OfADocument_IsNotToldToWhoLostIt()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d", ("eve", "viewer"), ("bob", "viewer"));
        await using var eve = await app.ConnectAsync("eve", hub: "presence");
        await eve.InvokeAsync("Watch", new { documentIds = new[] { "d" } });

        await app.SetRoleElsewhereAsync("d", "eve", MemberRole.None);
        time.Advance(Look);

        Assert.Equal("permission_denied", await eve.InvokeRefusedAsync("Watch", new { documentIds = new[] { "d" } }));
    }

    [Fact]
    public async Task Authorizer_OfTheApplication_IsAskedAgainWithinASecondAndAtOnceOnDemand()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var rights = new Rights();
        await using var app = await StartAsync(time, rights);
        await using var ada = await EnterAsync(app, "ada");
        await using var eve = await EnterAsync(app, "eve");

        rights.Roles["eve"] = DocumentRole.Viewer;
        await app.Services.GetRequiredService<IDocumentAccess>().InvalidateAsync("d", Cancellation);
        Assert.Equal("viewer", (string?)(await eve.NextAsync("AccessChanged"))["role"]);

        rights.Roles["eve"] = DocumentRole.None;
        time.Advance(Look);
        Assert.Equal("none", (string?)(await eve.NextAsync("AccessChanged"))["role"]);
    }

    [Fact]
    public async Task Authorizer_ThatFailsForOneUser_HoldsNobodyElseAndLetsThatOneNeitherWriteNorHear()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var rights = new Rights();
        await using var app = await StartAsync(time, rights);
        await using var ada = await EnterAsync(app, "ada");
        await using var eve = await EnterAsync(app, "eve");

        rights.Failing = "eve";
        var watch = app.Services.GetRequiredService<IDocumentAccess>();
        for (var second = 0; second < 3; second++)
        {
            time.Advance(Look);
            await watch.InvalidateAsync("d", Cancellation);
        }

        Assert.Equal("operation_failed", await eve.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x"))));
        await AssertHearsNothingAsync(ada, eve, baseRevision: 0);
        Assert.Empty(eve.Received("AccessChanged"));

        rights.Failing = null;
        await watch.InvalidateAsync("d", Cancellation);
        await eve.InvokeAsync("SubmitOperation", Requests.Submit("d", 1, new JsonArray("x")));
        await eve.NextAsync("OperationsApplied");
    }

    [Fact]
    public async Task Authorizer_ThatNeverAnswersForOneUser_HoldsNobodyElse()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var rights = new Rights();
        await using var app = await StartAsync(time, rights);
        await using var ada = await EnterAsync(app, "ada");
        await using var eve = await EnterAsync(app, "eve");

        rights.Silent = "eve";
        time.Advance(Look);
        await AdvanceUntilAsync(time, app.Services.GetRequiredService<IDocumentAccess>().InvalidateAsync("d", Cancellation));
        var eves = eve.InvokeRefusedAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        var adas = ada.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("hers")));
        await AdvanceUntilAsync(time, Task.WhenAll(eves, adas));

        Assert.Equal("operation_failed", await eves);
        Assert.Equal(1, (await app.HeadAsync("d")).Revision);
    }

    private static Task<TestApp> StartAsync(TimeProvider time, IDocumentAuthorizer rights) =>
        TestApp.StartAsync(AccessApp.Private with { Time = time, ConfigureServices = services => services.AddSingleton(rights) });

    private static async Task<RawHubClient> EnterAsync(TestApp app, string userId)
    {
        var client = await app.ConnectAsync(userId);
        await client.InvokeAsync("StartEditing", new { documentId = "d" });
        return client;
    }

    private static object Message(string content) => new { roomId = "d", clientMessageId = Guid.NewGuid().ToString("N"), content };

    /// <summary>An operation of ada's reaches ada and not the one who was put out.</summary>
    private static async Task AssertHearsNothingAsync(RawHubClient ada, RawHubClient outside, long baseRevision = 1)
    {
        var before = outside.Received("OperationsApplied").Count;
        await ada.InvokeAsync("SubmitOperation", Requests.Submit("d", baseRevision, new JsonArray("hers")));
        await ada.NextAsync("OperationsApplied");
        // what was sent to the room before this answer would be here before it
        await outside.InvokeAsync("Heartbeat", new { documentIds = Array.Empty<string>() });
        Assert.Equal(before, outside.Received("OperationsApplied").Count);
    }

    /// <summary>Lets time pass until something has ended that waits for it.</summary>
    private static async Task AdvanceUntilAsync(ManualTime time, Task task)
    {
        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        await task;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    /// <summary>Everybody edits, unless it is said otherwise.</summary>
    private sealed class Rights : IDocumentAuthorizer
    {
        public ConcurrentDictionary<string, DocumentRole> Roles { get; } = new(StringComparer.Ordinal);

        public string? Failing { get; set; }

        /// <summary>Whose rights the application never tells, however it is asked to end.</summary>
        public string? Silent { get; set; }

        public ValueTask<DocumentRole> GetRoleAsync(ClaimsPrincipal user, DocumentHead document, CancellationToken cancellationToken)
        {
            var userId = CollabIdentity.GetUserId(user);
            if (userId == Silent)
                return new ValueTask<DocumentRole>(new TaskCompletionSource<DocumentRole>().Task);
            return userId == Failing
                ? throw new InvalidOperationException("the directory does not answer")
                : ValueTask.FromResult(Roles.GetValueOrDefault(userId, DocumentRole.Editor));
        }

        public ValueTask<bool> MayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
