using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Application;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Tests.Access;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Tests.Application;

/// <summary>The application reads and edits documents that clients have open.</summary>
public sealed class DocumentServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_IsSeenAtOnceByWhoHasItOpen_UnderTheAuthorsName()
    {
        await using var app = await TestApp.StartAsync();
        var robot = Service(app).As("robot");
        Assert.True(await robot.CreateAsync("d", content: Document.FromText("Dear all,"), title: "Letter", cancellationToken: Cancellation));
        await using var client = await app.StartClientAsync("ada");
        var document = await client.EditAsync("d");
        await using var raw = await app.ConnectAsync("bob");
        await raw.InvokeAsync("Subscribe", new { documentId = "d" });

        Assert.Equal(2, await robot.EditAsync("d", Append(" hello"), Cancellation));

        await document.UntilAsync(one => one.Text == "Dear all, hello");
        var entry = (await raw.NextAsync("OperationsApplied"))["operations"]![0]!;
        Assert.Equal(("robot", 2), ((string?)entry["userId"], (int)entry["revision"]!));
        document.Insert(document.Length, "!");
        await document.SettleAsync(revision: 3);
        Assert.Equal("Dear all, hello!", (await robot.ReadAsync("d", cancellationToken: Cancellation)).Document.ToString());
        Assert.Equal("Dear all,", (await robot.ReadAsync("d", revision: 1, Cancellation)).Document.ToString());
        Assert.Equal(("Letter", "robot"), ((await robot.FindAsync("d", Cancellation))!.Title, (await robot.FindAsync("d", Cancellation))!.CreatedBy));
    }

    [Fact]
    public async Task Edits_OfAFunction_AtTheSameTime_AreAsIfOneCameAfterTheOther()
    {
        await using var app = await TestApp.StartAsync();
        var robot = Service(app).As("robot");
        await robot.CreateAsync("d", content: Document.FromText("0"), cancellationToken: Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => robot.EditAsync("d", CountUp, Cancellation), Cancellation)));

        Assert.Equal("8", (await robot.ReadAsync("d", cancellationToken: Cancellation)).Document.ToString());
    }

    [Fact]
    public async Task Edit_ThatOthersAlwaysOvertake_EndsWithThat()
    {
        await using var app = await TestApp.StartAsync();
        var (robot, rival) = (Service(app).As("robot"), Service(app).As("rival"));
        await robot.CreateAsync("d", cancellationToken: Cancellation);
        var calls = 0;

        var refusal = await Assert.ThrowsAsync<CollabException>(() => robot.EditAsync(
            "d",
            state =>
            {
                calls++;
                Task.Run(() => rival.SubmitAsync("d", state.Revision, Insert(state, "r")), Cancellation).Wait(Cancellation);
                return Insert(state, "x");
            },
            Cancellation));

        Assert.Equal((CollabError.Overtaken, 16), (refusal.Error, calls));
        Assert.Equal(new string('r', 16), (await robot.ReadAsync("d", cancellationToken: Cancellation)).Document.ToString());
    }

    [Fact]
    public async Task Submit_OfAnOldRevision_IsMovedOver_AndOnceThoughSentTwice()
    {
        await using var app = await TestApp.StartAsync();
        var robot = Service(app).As("robot");
        await robot.CreateAsync("d", content: Document.FromText("one"), cancellationToken: Cancellation);
        await robot.EditAsync("d", Append(" three"), Cancellation);

        var operation = TextOperation.Replace(3, 3, 0, " two");
        var revision = await robot.SubmitAsync("d", 1, operation, "o1", Cancellation);

        Assert.Equal((3, 3), (revision, await robot.SubmitAsync("d", 1, operation, "o1", Cancellation)));
        Assert.Equal("one two three", (await robot.ReadAsync("d", cancellationToken: Cancellation)).Document.ToString());
    }

    [Fact]
    public async Task Edit_OfNothing_LeavesTheDocumentAsItIs()
    {
        await using var app = await TestApp.StartAsync();
        var robot = Service(app).As("robot");
        await robot.CreateAsync("d", content: Document.FromText("text"), cancellationToken: Cancellation);
        Assert.Equal(1, await robot.EditAsync("d", _ => null, Cancellation));
        Assert.Equal(1, await robot.EditAsync("d", state => TextOperation.Noop(state.Document.Length), Cancellation));
        Assert.False(await robot.CreateAsync("d", content: Document.FromText("another"), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task User_GivenByClaims_MayWhatTheirRoleAllows()
    {
        await using var app = await TestApp.StartAsync(AccessApp.Private);
        await using var _ = await app.ShareAsync("d", ("grace", "viewer"), ("linus", "editor"));
        var (grace, linus, eve) = (Service(app).As(User("grace")), Service(app).As(User("linus")), Service(app).As(User("eve")));

        Assert.Equal("text", (await grace.ReadAsync("d", cancellationToken: Cancellation)).Document.ToString());
        await AssertRefusedAsync(() => grace.EditAsync("d", Append("!"), Cancellation));
        await AssertRefusedAsync(() => grace.SetTitleAsync("d", "Mine", Cancellation).AsTask());
        Assert.Equal(2, await linus.EditAsync("d", Append("!"), Cancellation));
        await AssertRefusedAsync(() => linus.DeleteAsync("d", Cancellation).AsTask());
        await AssertRefusedAsync(() => eve.ReadAsync("d", cancellationToken: Cancellation).AsTask());
        // the application itself may
        Assert.Equal(3, await Service(app).As("eve").EditAsync("d", Append("?"), Cancellation));
    }

    [Fact]
    public async Task Delete_ClosesTheDocumentForWhoHasItOpen()
    {
        await using var app = await TestApp.StartAsync();
        var robot = Service(app).As("robot");
        await using var client = await app.StartClientAsync("ada");
        var document = await client.EditAsync("d");
        await robot.SetTitleAsync("d", "Plan", Cancellation);

        Assert.True(await robot.DeleteAsync("d", Cancellation));

        await document.UntilAsync(one => one.IsClosed);
        Assert.Equal("deleted", document.ClosedReason);
        Assert.False(await robot.DeleteAsync("d", Cancellation));
        Assert.Null(await robot.FindAsync("d", Cancellation));
        await AssertRefusedAsync(() => robot.EditAsync("d", Append("!"), Cancellation), CollabError.DocumentNotFound);
    }

    [Fact]
    public async Task BadInput_IsRefusedWithItsCode()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Configure = options => options.Limits = options.Limits with { MaxDocumentLength = 10 } });
        var robot = Service(app).As("robot");
        await robot.CreateAsync("d", cancellationToken: Cancellation);
        Assert.Throws<ArgumentException>(() => Service(app).As("a\nb"));
        await AssertRefusedAsync(() => robot.ReadAsync("not an id", cancellationToken: Cancellation).AsTask(), CollabError.InvalidRequest);
        await AssertRefusedAsync(() => robot.ReadAsync("d", revision: 9, Cancellation).AsTask(), CollabError.RevisionAhead);
        await AssertRefusedAsync(() => robot.EditAsync("d", Append("far too long"), Cancellation), CollabError.DocumentTooLarge);
        await AssertRefusedAsync(() => robot.EditAsync("d", _ => TextOperation.Noop(5).Compose(TextOperation.Replace(5, 0, 1, "")), Cancellation), CollabError.InvalidOperation);
        await AssertRefusedAsync(() => robot.CreateAsync("e", content: Document.FromText("far too long"), cancellationToken: Cancellation).AsTask(), CollabError.DocumentTooLarge);
        Assert.Null(await robot.FindAsync("e", Cancellation));
    }

    private static IDocumentService Service(TestApp app) => app.Services.GetRequiredService<IDocumentService>();

    private static ClaimsPrincipal User(string userId) => new(new ClaimsIdentity([new Claim(CollabIdentity.UserIdClaim, userId)], CollabIdentity.Scheme));

    private static TextOperation Insert(SessionState state, string text) => TextOperation.Replace(state.Document.Length, state.Document.Length, 0, text);

    private static Func<SessionState, TextOperation?> Append(string text) => state => Insert(state, text);

    private static TextOperation CountUp(SessionState state)
    {
        var number = state.Document.ToString();
        return TextOperation.Replace(number.Length, 0, number.Length, $"{int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) + 1}");
    }

    private static async Task AssertRefusedAsync(Func<Task> call, CollabError error = CollabError.PermissionDenied) =>
        Assert.Equal(error, (await Assert.ThrowsAsync<CollabException>(call)).Error);
}
