using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.LoadTester.Servers;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage.Chat;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>
/// Twenty people send 2,000 messages into a room while their connections are cut at random and the server is killed with SIGKILL twice.
/// </summary>
public sealed class ChatFloodTests
{
    private const int People = 20;
    private const int MessagesEach = 100;
    private const string RoomId = "crowded";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Room_FloodedOverCutsAndKills_IsSeenByEveryoneOnceInOneOrder()
    {
        var seed = Flood.ChooseSeed();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync(operationsPerSecond: 0, Cancellation);
        await using var proxy = new CuttingProxy(server.Address);
        await CreateDocumentAsync(server);
        var people = new List<Chatter>();
        try
        {
            for (var index = 0; index < People; index++)
                people.Add(await Chatter.JoinAsync(proxy.Address, $"user{index}", await server.GetTokenAsync($"user{index}", Cancellation), RoomId));
            var acknowledged = new Progress(People * MessagesEach);
            var talking = Task.WhenAll(people.Select(one => Task.Run(() => one.TalkAsync(MessagesEach, acknowledged))));

            foreach (var share in new[] { 0.15, 0.3, 0.45, 0.6, 0.75, 0.9 })
            {
                await acknowledged.ReachAsync((long)((share + (random.NextDouble() * 0.1)) * People * MessagesEach));
                if (share is 0.3 or 0.75)
                {
                    await server.KillAsync(Cancellation);
                    await server.RestartAsync(Cancellation);
                }
                else
                {
                    proxy.Cut();
                }
            }

            await talking.WaitAsync(Patience.Limit * 2, Cancellation);
            foreach (var one in people)
                await one.SeenAsync(People * MessagesEach);
            await AssertOneOrderAsync(server, people);
        }
        finally
        {
            foreach (var one in people)
                await one.DisposeAsync();
        }
    }

    private static async Task AssertOneOrderAsync(ServerProcess server, List<Chatter> people)
    {
        await server.KillAsync(Cancellation);
        await using var store = new ServiceCollection().AddSqliteStorage($"Data Source={server.DatabasePath}").BuildServiceProvider();
        var messages = store.GetRequiredService<IMessageStore>();
        var room = Assert.Single(await messages.FindRoomsAsync([RoomId], Cancellation));
        var stored = await messages.ReadAsync(room.Key, MessageRange.AfterSequence(0), int.MaxValue, Cancellation);
        Assert.Equal(Enumerable.Range(1, People * MessagesEach).Select(sequence => (long)sequence), stored.Select(message => message.Sequence));
        Assert.Equal(stored.Count, stored.Select(message => message.Content).Distinct(StringComparer.Ordinal).Count());
        var order = stored.Select(message => message.ClientMessageId).ToList();
        foreach (var one in people)
        {
            Assert.Equal(order, one.Seen);
            Assert.Equal(one.Acknowledged.Order(StringComparer.Ordinal), stored.Where(message => message.SenderId == one.UserId).Select(message => message.ClientMessageId).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Mention_OfSomeoneOfflineOverAKill_IsFoundOnReturn()
    {
        await using var server = await ServerProcess.StartAsync(operationsPerSecond: 0, Cancellation);
        await CreateDocumentAsync(server);
        await using (var ada = await Chatter.JoinAsync(server.Address, "ada", await server.GetTokenAsync("ada", Cancellation), RoomId))
        {
            for (var i = 0; i < 5; i++)
                await ada.Room.SendAsync(i.ToString(CultureInfo.InvariantCulture), new SendMessageOptions { Mentions = ["bob"] }, Cancellation);
            await server.KillAsync(Cancellation);
        }

        await server.RestartAsync(Cancellation);
        await using var bob = await Chatter.JoinAsync(server.Address, "bob", await server.GetTokenAsync("bob", Cancellation), RoomId);

        Assert.Equal(["0", "1", "2", "3", "4"], await bob.MentionsAsync(5));
    }

    private static async Task CreateDocumentAsync(ServerProcess server)
    {
        await using var client = await RawHubClient.ConnectAsync(server.Address, await server.GetTokenAsync("owner", Cancellation));
        await client.InvokeAsync("StartEditing", new { documentId = RoomId });
    }
}
