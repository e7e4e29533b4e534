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
    public async Task ManyGuests_AreLookedAfterInParts_EachDocumentOnceInARound()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var asked = new ConcurrentQueue<(IReadOnlyCollection<string> Documents, DateTimeOffset At)>();
        var twoRounds = new TaskCompletionSource();
        using var watch = await WatchAsync(app, time, documents =>
        {
            asked.Enqueue((documents, time.GetUtcNow()));
            if (asked.Count == 2 * Parts)
                twoRounds.SetResult();
            return Task.CompletedTask;
        });

        await time.AdvanceUntilAsync(twoRounds.Task, Look / 10);

        foreach (var round in asked.Chunk(Parts).Take(2))
        {
            Assert.Equal(Documents, round.SelectMany(part => part.Documents).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(Documents, round.Sum(part => part.Documents.Count));
            Assert.All(round.Zip(round.Skip(1)), two => Assert.True(two.Second.At - two.First.At > Look / (Parts + 1)));
        }

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
                // the last part of the first round
                case Parts:
                    return answer.Task;
                // all but the last part of the second
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
