using RealtimeCollab.Sessions.Rooms;
using static RealtimeCollab.Sessions.Tests.Rooms.Nodes.RoomWorld;

namespace RealtimeCollab.Sessions.Tests.Rooms.Nodes;

/// <summary>People come, go and move at random on three nodes, whose words get lost: when they get through again, all nodes show who is there.</summary>
public sealed class RandomRoomTests
{
    private const int Steps = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Nodes_ThatHearEachOtherAgain_ShowTheSame(int seed)
    {
        var random = new Random(seed);
        await using var world = new RoomWorld();
        Node[] nodes = [await world.StartNodeAsync(), await world.StartNodeAsync(), await world.StartNodeAsync()];
        var present = new Dictionary<string, (Node Node, string User, bool IsEditing, int? Selection)>(StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            var node = nodes[random.Next(nodes.Length)];
            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    var member = Member($"c{step}", $"user{random.Next(6)}", random.Next(2) == 0);
                    node.Room.Join(member);
                    present.Add(member.ConnectionId, (node, member.UserId, member.IsEditing, null));
                    break;
                case 3 or 4 when present.Count > 0:
                    var leaving = present.ElementAt(random.Next(present.Count));
                    leaving.Value.Node.Room.Leave(leaving.Key);
                    present.Remove(leaving.Key);
                    break;
                case 5 when present.Count > 0:
                    var moving = present.ElementAt(random.Next(present.Count));
                    var position = random.Next(6);
                    moving.Value.Node.Room.UpdateSelection(moving.Key, 1, At(position));
                    present[moving.Key] = moving.Value with { Selection = position };
                    break;
                case 6:
                    var lost = random.Next(6);
                    world.Lines.Loses = notice => notice.Version % 2 == lost;
                    world.Lines.IsAway = random.Next(5) == 0;
                    break;
                case 7:
                    node.Line.IsCut = random.Next(3) == 0;
                    break;
                default:
                    world.Store.Time.Advance(TimeSpan.FromMilliseconds(random.Next(3_000)));
                    break;
            }

            if (random.Next(2) == 0)
                await world.SettleAsync();
        }

        await world.SettleAsync();
        (world.Lines.IsAway, world.Lines.Loses) = (false, _ => false);
        foreach (var node in nodes)
            node.Line.IsCut = false;
        await world.PulseAsync(2);

        await world.ExpectAsync(string.Join(' ', present.Values.Select(member => member.User).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), nodes);
        foreach (var node in nodes)
        {
            Assert.Equal(present.Values.Count(member => member.IsEditing), node.Room.WriterCount);
            Assert.Equal(present.Values.Count(member => !member.IsEditing), node.Room.ReaderCount);
            foreach (var alone in present.Values.GroupBy(member => member.User, StringComparer.Ordinal).Where(user => user.Count() == 1).Select(user => user.Single()))
            {
                var shown = node.Room.Members.Single(member => member.UserId == alone.User).Selection;
                Assert.Equal(alone.Selection is { } position ? At(position) : null, shown);
            }
        }
    }
}
