using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.LoadTester.Servers;

namespace RealtimeCollab.LoadTester.Chats;

/// <summary>People in rooms who talk at a rate. A message carries the time at which it was sent; client and receivers share this process's clock.</summary>
internal sealed class ChatLoad
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly Deliveries _deliveries = new();
    private readonly ConcurrentBag<ChatClient> _clients = [];

    public required int Rooms { get; init; }

    /// <summary>In each room, at least two.</summary>
    public required int People { get; init; }

    public required int MessagesPerSecond { get; init; }

    public required TimeSpan Duration { get; init; }

    public async Task<ChatReport> RunAsync(CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartAsync(operationsPerSecond: 0, cancellation);
        try
        {
            var rooms = await EnterAsync(server, cancellation);
            // the first messages pay for compiling the way of all others
            await TalkAsync(rooms, MessagesPerSecond, cancellation);
            _deliveries.Clear();
            var before = server.ProcessorTime;
            var messages = (int)(MessagesPerSecond * Duration.TotalSeconds);
            await TalkAsync(rooms, messages, cancellation);
            var expected = (long)messages * (People - 1);
            var latencies = _deliveries.ToArray();
            return new ChatReport(latencies, messages, expected - latencies.Length, server.ProcessorTime - before);
        }
        finally
        {
            foreach (var client in _clients)
                await client.DisposeAsync();
        }
    }

    /// <summary>Everybody's view of each room.</summary>
    private async Task<ChatRoom[][]> EnterAsync(ServerProcess server, CancellationToken cancellation)
    {
        var rooms = new ChatRoom[Rooms][];
        for (var room = 0; room < Rooms; room++)
        {
            var names = Enumerable.Range(0, People).Select(person => $"user-{room}-{person}").ToArray();
            var owner = await EnterAsync(server, $"~room-{room}", names[0], names, cancellation);
            rooms[room] = [owner, .. await Task.WhenAll(names.Skip(1).Select(name => EnterAsync(server, owner.Id, name, members: null, cancellation)))];
        }

        return rooms;
    }

    private async Task<ChatRoom> EnterAsync(ServerProcess server, string roomId, string name, string[]? members, CancellationToken cancellation)
    {
        var token = await server.GetTokenAsync(name, cancellation);
        var client = ChatClient.Create(new CollabConnectionOptions { Server = server.Address, AccessToken = _ => ValueTask.FromResult<string?>(token) });
        _clients.Add(client);
        await client.StartAsync(cancellation);
        if (members is not null)
            await client.Hub.CreateRoom(new Protocol.Chat.CreateRoomRequest { RoomId = roomId, MemberIds = members });
        var room = await client.JoinAsync(roomId, cancellation);
        room.MessageReceived += (_, received) =>
        {
            if (received.Message.SenderId != name)
                _deliveries.Add(Stopwatch.GetTimestamp() - long.Parse(received.Message.Content, CultureInfo.InvariantCulture));
        };
        return room;
    }

    private async Task TalkAsync(ChatRoom[][] rooms, int messages, CancellationToken cancellation)
    {
        var all = _deliveries.Expect(messages * (People - 1));
        var sent = new List<Task>(messages);
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < messages; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / MessagesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System, cancellation);
            var speaker = rooms[number % Rooms][number / Rooms % People];
            sent.Add(speaker.SendAsync(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture), cancellationToken: cancellation));
        }

        await Task.WhenAll(sent);
        // what is missing after that is told in the report
        await Task.WhenAny(all, Task.Delay(Settling, TimeProvider.System, cancellation));
    }
}

/// <summary>What a <see cref="ChatLoad"/> measured.</summary>
/// <param name="Ticks">From sending to seeing, of each delivery, ascending, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Messages">Messages sent.</param>
/// <param name="Missing">Deliveries that did not come.</param>
/// <param name="ServerTime">Processor time of the server meanwhile.</param>
internal sealed record ChatReport(long[] Ticks, int Messages, long Missing, TimeSpan ServerTime)
{
    public int Deliveries => Ticks.Length;

    /// <summary>The time within which this share of the deliveries came.</summary>
    public TimeSpan Latency(double share) =>
        Ticks.Length == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, Ticks[Math.Min(Ticks.Length - 1, (int)(Ticks.Length * share))]);
}
