using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Access;

/// <summary>How the watch takes its looks: one whom it cannot suspend holds up neither the others nor the next look.</summary>
public sealed class AccessWatchTests
{
    /// <summary>With ten guests each they make three parts.</summary>
    private const int Documents = 250;

    private const int Parts = 3;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guest_WhoseSuspensionNeverEnds_HoldsUpNobody()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var roles = app.Services.GetRequiredService<DocumentRoles>();
        var grant = await roles.GrantAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "ada")])), await app.HeadAsync("d"), Cancellation);
        var stuck = new Guest(grant, () => new TaskCompletionSource().Task);
        var broken = new Guest(grant, () => throw new InvalidOperationException("the application's backplane fails"));
        var other = new Guest(grant, () => Task.CompletedTask);
        using var watch = new AccessWatch(
            [new All(stuck, broken, other)], new FailingHeads(new MemoryStore()) { IsDown = true }, app.Services.GetRequiredService<DocumentSessions>(), time, NullLogger<AccessWatch>.Instance);
        await watch.StartAsync(Cancellation);

        // the grants expire, and each look suspends all of them anew
        using var patience = new CancellationTokenSource(Patience.Limit, TimeProvider.System);
        while (other.Suspensions < 3 || broken.Suspensions < 3)
        {
            time.Advance(Look);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        Assert.False(watch.ExecuteTask!.IsCompleted);
        await time.AdvanceUntilAsync(watch.StopAsync(Cancellation), Look);
    }

    [Fact]
    public async Task ManyGuests_AreLookedAfterInParts_OneAfterTheOther()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var looks = new ConcurrentQueue<(IReadOnlyCollection<string> Documents, DateTimeOffset At)>();
        var enough = new TaskCompletionSource();
        using var watch = await WatchAsync(app, time, documents =>
        {
            looks.Enqueue((documents, time.GetUtcNow()));
            // each part twice: one whose look the clock has overtaken is left out of a round
            if (looks.GroupBy(look => look.Documents.First()).Count(part => part.Count() > 1) == Parts)
                enough.TrySetResult();
            return Task.CompletedTask;
        });

        await time.AdvanceUntilAsync(enough.Task, Look / 10);

        var parts = looks.GroupBy(look => look.Documents.First(), StringComparer.Ordinal).ToList();
        Assert.Equal(Parts, parts.Count);
        Assert.All(parts, part => Assert.All(part, look => Assert.Equal(part.First().Documents, look.Documents)));
        Assert.Equal(Documents, parts.SelectMany(part => part.First().Documents).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Documents, parts.Sum(part => part.First().Documents.Count));
        Assert.All(parts.Zip(parts.Skip(1)), two => Assert.True(two.Second.First().At - two.First.First().At > Look / (Parts + 1)));
        await time.AdvanceUntilAsync(watch.StopAsync(Cancellation), Look);
    }

    [Fact]
    public async Task PartWhoseStoreHangs_KeepsTheOthersNotFromTheirNextLook()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var answer = new TaskCompletionSource();
        var othersAskedAgain = new TaskCompletionSource();
        var asked = 0;
        using var watch = await WatchAsync(app, time, _ =>
        {
            switch (++asked)
            {
                // the first part of the first round
                case 1:
                    return answer.Task;
                // the last part of the second, which the first was left out of
                case Parts + Parts - 1:
                    othersAskedAgain.SetResult();
                    break;
            }

            return Task.CompletedTask;
        });

        await time.AdvanceUntilAsync(othersAskedAgain.Task, Look / 10);

        answer.SetResult();
        await time.AdvanceUntilAsync(watch.StopAsync(Cancellation), Look);
    }

    /// <summary>A watch that looks after enough guests for several parts.</summary>
    private static async Task<AccessWatch> WatchAsync(TestApp app, ManualTime time, Func<IReadOnlyCollection<string>, Task> beforeReading)
    {
        var (roles, head) = (app.Services.GetRequiredService<DocumentRoles>(), await app.HeadAsync("d"));
        var guests = Enumerable.Range(0, Documents * 10).Select(number => new Guest(
            new DocumentGrant(new ClaimsPrincipal(), head with { DocumentId = $"d{number % Documents}" }, DocumentRole.Editor, time.GetTimestamp(), roles), () => Task.CompletedTask));
        var heads = new FailingHeads(new MemoryStore()) { BeforeReading = beforeReading };
        var watch = new AccessWatch(
            [new All([.. guests])], heads, app.Services.GetRequiredService<DocumentSessions>(), time, NullLogger<AccessWatch>.Instance);
        await watch.StartAsync(Cancellation);
        return watch;
    }

    private sealed class All(params IDocumentGuest[] guests) : IDocumentGuests
    {
        public IEnumerable<IDocumentGuest> Guests => guests;
    }

    private sealed class Guest(DocumentGrant grant, Func<Task> suspend) : IDocumentGuest
    {
        private int _suspensions;

        public int Suspensions => Volatile.Read(ref _suspensions);

        public DocumentGrant Grant => grant;

        public bool IsSettled => grant.Role >= DocumentRole.Viewer;

        public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SuspendAsync()
        {
            Interlocked.Increment(ref _suspensions);
            return suspend();
        }

        public Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
