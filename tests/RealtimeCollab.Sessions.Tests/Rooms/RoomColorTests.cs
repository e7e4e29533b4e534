using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Tests.Support;

namespace RealtimeCollab.Sessions.Tests.Rooms;

public sealed class RoomColorTests
{
    private const double TextContrast = 4.5;
    private const double ShapeContrast = 3;
    private const double ClearlyDifferent = 17;

    [Fact]
    public void Palette_HasContrastOnLightAndDark()
    {
        foreach (var color in UserColors.All)
        {
            Assert.True(ColorDifference.Contrast(color, "#ffffff") >= TextContrast, $"{color} on white");
            Assert.True(ColorDifference.Contrast(color, "#16181d") >= ShapeContrast, $"{color} on dark");
        }
    }

    [Fact]
    public void Palette_HasNoTwoColorsAlike()
    {
        var pairs = UserColors.All.SelectMany((one, index) => UserColors.All.Skip(index + 1).Select(other => (one, other))).ToList();
        Assert.Equal(66, pairs.Count);
        Assert.All(pairs, pair => Assert.True(ColorDifference.Between(pair.one, pair.other) >= ClearlyDifferent, $"{pair}"));
    }

    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373)]
    public void Difference_OfPublishedPairs_IsThePublishedOne(double l1, double a1, double b1, double l2, double a2, double b2, double difference) =>
        Assert.Equal(difference, ColorDifference.Between(new ColorDifference.Lab(l1, a1, b1), new ColorDifference.Lab(l2, a2, b2)), precision: 4);

    [Fact]
    public async Task People_AsManyAsThereAreColors_HaveDifferentOnes()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        for (var i = 0; i < 3 * UserColors.All.Count; i++)
            Join(lease, $"c{i}", $"user{i}");

        var uses = lease.Session.Room.Members.GroupBy(member => member.Color, StringComparer.Ordinal).ToList();
        Assert.Equal(UserColors.All.Order(StringComparer.Ordinal), uses.Select(use => use.Key).Order(StringComparer.Ordinal));
        Assert.All(uses, use => Assert.Equal(3, use.Count()));
    }

    [Fact]
    public async Task Person_HasOneColorOnAllDevicesAndAfterReturning()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var crowd = Enumerable.Range(0, 6).Select(i => Join(lease, $"c{i}", $"user{i}")).ToList();

        Assert.Equal(crowd[3].Color, Join(lease, "second", "user3").Color);
        lease.Session.Room.Leave("c3");
        Assert.Equal(crowd[3].Color, Join(lease, "third", "user3").Color);
        lease.Session.Room.Leave("second");
        lease.Session.Room.Leave("third");
        Assert.Equal(crowd[3].Color, Join(lease, "back", "user3").Color);
    }

    [Fact]
    public async Task Person_WhoseColorIsTakenOnReturn_GetsOneThatIsFree()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var first = Join(lease, "first", "user0");
        lease.Session.Room.Leave("first");
        for (var i = 1; i < UserColors.All.Count; i++)
            Join(lease, $"c{i}", $"user{i}");
        var taken = lease.Session.Room.Members.Select(member => member.Color).ToHashSet(StringComparer.Ordinal);

        var back = Join(lease, "back", "user0");

        Assert.DoesNotContain(back.Color, taken);
        Assert.NotEmpty(first.Color);
    }

    [Fact]
    public void Person_AloneInADocument_HasTheSameColorForEver()
    {
        Assert.Equal(7, UserColors.PreferenceOf("grace"));
        var used = Enumerable.Range(0, 500).Select(i => UserColors.PreferenceOf($"user{i}")).Distinct();
        Assert.Equal(UserColors.All.Count, used.Count());
    }

    private static RoomMember Join(Lease<DocumentSession> lease, string connectionId, string user) => lease.Session.Room.Join(new RoomMember
    {
        ConnectionId = connectionId,
        ClientId = connectionId + "-client",
        UserId = user,
        UserName = user,
        IsEditing = true,
    });
}
