using RealtimeCollab.Server.Connections;

namespace RealtimeCollab.Server.Tests.Connections;

/// <summary>What a place is said to be, the group is, whoever takes it and gives it up at once.</summary>
public sealed class GroupPlaceTests
{
    private bool _isInGroup;
    private int _changes;

    [Fact]
    public async Task Place_IsChangedOnceEachWay()
    {
        var place = new GroupPlace();
        await place.GiveUpAsync(LeaveAsync);
        Assert.Equal(0, _changes);

        await place.TakeAsync(EnterAsync);
        await place.TakeAsync(EnterAsync);
        Assert.Equal((true, true, 1), (place.IsTaken, _isInGroup, _changes));

        await place.GiveUpAsync(LeaveAsync);
        await place.GiveUpAsync(LeaveAsync);
        Assert.Equal((false, false, 2), (place.IsTaken, _isInGroup, _changes));
    }

    [Fact]
    public async Task Place_TakenAndGivenUpByMany_IsWhatTheGroupIs()
    {
        var place = new GroupPlace();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(lane => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
                await (lane % 2 == 0 ? place.TakeAsync(EnterAsync) : place.GiveUpAsync(LeaveAsync));
        })));

        Assert.Equal(place.IsTaken, _isInGroup);
        // each change turned it round: none was said and not done
        Assert.Equal(_isInGroup, _changes % 2 == 1);
    }

    [Fact]
    public async Task Place_ThatCannotBeTaken_IsTriedAgain()
    {
        var place = new GroupPlace();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => place.TakeAsync(() => Task.FromException(new InvalidOperationException("the backplane fails"))));
        Assert.False(place.IsTaken);

        await place.TakeAsync(EnterAsync);

        Assert.True(place.IsTaken);
    }

    private Task EnterAsync()
    {
        Assert.False(_isInGroup);
        return SetAsync(true);
    }

    private Task LeaveAsync()
    {
        Assert.True(_isInGroup);
        return SetAsync(false);
    }

    private Task SetAsync(bool isInGroup)
    {
        _isInGroup = isInGroup;
        _changes++;
        return Task.CompletedTask;
    }
}
