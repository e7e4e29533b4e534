using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Storage.Chat;
using static RealtimeCollab.Sessions.Tests.Chat.ChatFixture;

namespace RealtimeCollab.Sessions.Tests.Chat;

/// <summary>That nobody can tell what one author may do is not the others' concern.</summary>
public sealed class AuthorizationTests
{
    [Fact]
    public async Task Actor_WhoCannotBeAskedAbout_IsRefusedAlone()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var release = fixture.Messages.HoldAppends();
        var first = lease.Session.ExecuteAsync(Post("m0"), fixture.As("ada"));
        await fixture.Messages.NextAppendAsync();
        var broken = PostAsync(lease.Session, fixture, "m1", () => throw new InvalidOperationException("the application fails"));
        var cancelled = PostAsync(lease.Session, fixture, "m2", () => throw new TaskCanceledException("the application's HTTP client gave up"));
        var unreachable = PostAsync(lease.Session, fixture, "m3", () => throw CollabException.StoreUnavailable(null));
        var bobs = lease.Session.ExecuteAsync(Post("m4"), fixture.As("bob"));
        release();

        await first;
        await RefusedAsync(broken, CollabError.OperationFailed);
        await RefusedAsync(cancelled, CollabError.OperationFailed);
        await RefusedAsync(unreachable, CollabError.StoreUnavailable);
        Assert.Equal(2, (await bobs).Sequence);
    }

    [Fact]
    public async Task Actors_WhoNeverAnswer_AreRefusedAndTheOthersGoOn()
    {
        await using var fixture = new ChatFixture();
        using var lease = await fixture.OpenAsync();
        var release = fixture.Messages.HoldAppends();
        var first = lease.Session.ExecuteAsync(Post("m0"), fixture.As("ada"));
        await fixture.Messages.NextAppendAsync();
        var silent = Enumerable.Range(1, 5)
            .Select(number => PostAsync(lease.Session, fixture, $"m{number}", () => new(new TaskCompletionSource<RoomRole>().Task))).ToList();
        var bobs = lease.Session.ExecuteAsync(Post("m6"), fixture.As("bob"));
        release();
        await first;

        await fixture.Time.AdvanceUntilAsync(bobs, TimeSpan.FromMilliseconds(100));

        Assert.Equal(2, (await bobs).Sequence);
        foreach (var command in silent)
            await RefusedAsync(command, CollabError.OperationFailed);
    }

    private static Task<StoredMessage> PostAsync(ChatRoom room, ChatFixture fixture, string clientMessageId, Func<ValueTask<RoomRole>> ask)
    {
        var actor = fixture.As("eve");
        actor.Ask = ask;
        return room.ExecuteAsync(Post(clientMessageId), actor);
    }
}
