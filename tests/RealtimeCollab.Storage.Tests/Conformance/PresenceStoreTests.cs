using System.Threading.Channels;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;
using static RealtimeCollab.Storage.Tests.Samples;

namespace RealtimeCollab.Storage.Tests.Conformance;

/// <summary>What nodes expect of the store in which they tell each other who is here.</summary>
public abstract class PresenceStoreTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(7);

    protected abstract IPresenceStore Store { get; }

    [Fact]
    public async Task Write_OfEverything_IsReadAsItIs()
    {
        var ada = User("ada", "laptop", "phone");
        Assert.True(await WriteAsync(new NodeUpdate("one", 1, IsAll: true, [ada, User("grace", "tablet")])));
        Assert.True(await WriteAsync(new NodeUpdate("two", 1, IsAll: true, [])));

        Assert.Equal(new Dictionary<string, long>(StringComparer.Ordinal) { ["one"] = 1, ["two"] = 1 }, await Store.ReadNodesAsync(Cancellation));
        var all = await Store.ReadAsync("one", Cancellation);
        Assert.Equal((1, true), (all!.Version, all.IsAll));
        Assert.Equal(["ada", "grace"], all.Users.Select(user => user.UserId).Order(StringComparer.Ordinal));
        AssertSame(ada, all.Users.Single(user => user.UserId == "ada"));
        Assert.Empty((await Store.ReadAsync("two", Cancellation))!.Users);
        Assert.Null(await Store.ReadAsync("three", Cancellation));
    }

    [Fact]
    public async Task Write_OfSome_ReplacesThoseAlone()
    {
        await WriteAsync(new NodeUpdate("one", 1, IsAll: true, [User("ada", "laptop"), User("grace", "phone"), User("linus", "desk")]));

        Assert.True(await WriteAsync(new NodeUpdate("one", 2, IsAll: false, [User("ada", "phone"), User("grace")])));

        var all = await Store.ReadAsync("one", Cancellation);
        Assert.Equal(2, all!.Version);
        Assert.Equal(["ada phone", "linus desk"], all.Users.Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Write_OfEverything_ForgetsTheOthers()
    {
        await WriteAsync(new NodeUpdate("one", 1, IsAll: true, [User("ada", "laptop"), User("grace", "phone")]));

        Assert.True(await WriteAsync(new NodeUpdate("one", 5, IsAll: true, [User("grace", "phone")])));

        Assert.Equal(["grace phone"], (await Store.ReadAsync("one", Cancellation))!.Users.Select(Describe));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Write_ThatDoesNotFollowTheLast_IsRefusedAndChangesNothing(long version)
    {
        await WriteAsync(new NodeUpdate("one", 1, IsAll: true, [User("ada", "laptop")]));

        Assert.False(await WriteAsync(new NodeUpdate("one", version, IsAll: false, [User("ada")])));
        Assert.False(await WriteAsync(new NodeUpdate("another", 2, IsAll: false, [User("ada", "phone")])));

        Assert.Equal(["ada laptop"], (await Store.ReadAsync("one", Cancellation))!.Users.Select(Describe));
        Assert.Equal(["one"], (await Store.ReadNodesAsync(Cancellation)).Keys);
    }

    [Fact]
    public async Task Node_ThatDoesNotWrite_ExpiresAndHasToSayEverythingAgain()
    {
        await WriteAsync(new NodeUpdate("one", 1, IsAll: true, [User("ada", "laptop")]));
        await WriteAsync(new NodeUpdate("two", 1, IsAll: true, [User("grace", "phone")]));
        await PassAsync(Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(await WriteAsync(new NodeUpdate("two", 2, IsAll: false, [])));
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(["two"], (await Store.ReadNodesAsync(Cancellation)).Keys);
        Assert.Null(await Store.ReadAsync("one", Cancellation));
        Assert.Equal(["grace phone"], (await Store.ReadAsync("two", Cancellation))!.Users.Select(Describe));
        Assert.False(await WriteAsync(new NodeUpdate("one", 2, IsAll: false, [User("ada", "laptop")])));
        Assert.True(await WriteAsync(new NodeUpdate("one", 3, IsAll: true, [User("ada", "laptop")])));
    }

    [Fact]
    public async Task Follower_HearsOfUpdates_UntilItEnds()
    {
        var heard = Channel.CreateUnbounded<NodeUpdate>();
        using (Store.Follow(update => heard.Writer.TryWrite(update)))
        {
            await WriteAsync(new NodeUpdate("one", 1, IsAll: true, [User("ada", "laptop")]));
            var update = await heard.Reader.ReadAsync(Cancellation);
            Assert.Equal(("one", 1, true), (update.NodeId, update.Version, update.IsAll));
            AssertSame(User("ada", "laptop"), Assert.Single(update.Users));
            await WriteAsync(new NodeUpdate("one", 7, IsAll: false, []));
        }

        await WriteAsync(new NodeUpdate("one", 2, IsAll: false, [User("ada")]));
        await WriteAsync(new NodeUpdate("one", 3, IsAll: false, [User("ada")]));
        Assert.Equal(0, heard.Reader.Count);
    }

    /// <summary>Lets time go by for the store.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private static NodePresence User(string userId, params string[] clientIds) =>
        new(userId, userId.ToUpperInvariant(), [.. clientIds.Select(clientId => new DevicePresence
        {
            ClientId = clientId,
            Label = "Gerät 👍",
            Since = DateTimeOffset.UnixEpoch,
            Status = Availability.Editing,
            Chosen = Availability.Busy,
            ChosenAt = DateTimeOffset.UnixEpoch.AddTicks(1),
            Text = "text",
            LastActive = DateTimeOffset.UnixEpoch.AddSeconds(2),
            Documents = ["a", "b"],
        })]);

    private static void AssertSame(NodePresence expected, NodePresence actual)
    {
        Assert.Equal((expected.UserId, expected.UserName, expected.Devices.Count), (actual.UserId, actual.UserName, actual.Devices.Count));
        foreach (var (one, other) in expected.Devices.Zip(actual.Devices))
        {
            Assert.Equal(one.Documents, other.Documents);
            Assert.Equal(one, other with { Documents = one.Documents });
        }
    }

    private static string Describe(NodePresence user) => $"{user.UserId} {string.Join(' ', user.Devices.Select(device => device.ClientId))}";

    private ValueTask<bool> WriteAsync(NodeUpdate update) => Store.WriteAsync(update, Lifetime, Cancellation);
}
