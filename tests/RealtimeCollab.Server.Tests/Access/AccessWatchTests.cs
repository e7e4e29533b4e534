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
        const int documents = 250;
        const int parts = 3;
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(AccessApp.Private with { Time = time });
        await using var ada = await app.ShareAsync("d");
        var (roles, head) = (app.Services.GetRequiredService<DocumentRoles>(), await app.HeadAsync("d"));
        var guests = Enumerable.Range(0, documents * 10).Select(number => new Guest(
            new DocumentGrant(new ClaimsPrincipal(), head with { DocumentId = $"d{number % documents}" }, DocumentRole.Editor, time.GetTimestamp(), roles), () => Task.CompletedTask));
        var heads = new FailingHeads(new MemoryStore());
        using var watch = new AccessWatch(
            [new All([.. guests])], heads, app.Services.GetRequiredService<DocumentSessions>(), time, NullLogger<AccessWatch>.Instance);
        await watch.StartAsync(Cancellation);

        for (var asked = 0; asked < 2 * parts; asked++)
        {
            var next = heads.NextAsync();
            Assert.Equal(asked, heads.Asked.Count);
            await time.AdvanceUntilAsync(next, Look / 10);
        }

        var rounds = heads.Asked.Chunk(parts).ToList();
        Assert.Equal(2, rounds.Count);
        Assert.All(rounds, round => Assert.Equal(documents, round.SelectMany(part => part).Distinct(StringComparer.Ordinal).Count()));
        Assert.All(rounds, round => Assert.Equal(documents, round.Sum(part => part.Count)));
        await time.AdvanceUntilAsync(watch.StopAsync(Cancellation), Look);
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
