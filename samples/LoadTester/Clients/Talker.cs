using System.Globalization;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Chat;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>A person in a chat room. A message carries the timestamp at which it was due: all clients share this process's clock.</summary>
internal sealed class Talker : IAsyncDisposable
{
    private const string Words = " The quick brown fox jumps over the lazy dog.";

    private readonly Measurements _measurements;
    private readonly ChatClient _client;
    private ChatRoom? _room;
    private long _sent;
    private long _received;

    public Talker(ClientIdentity identity, string roomId, Deployment deployment)
    {
        (Identity, RoomId, _measurements) = (identity, roomId, deployment.Measurements);
        _client = new ChatClient(new Wire("chat", identity, deployment).Connection);
    }

    public ClientIdentity Identity { get; }

    public string RoomId { get; }

    /// <summary>Who the server takes the person for; there once connected.</summary>
    public string UserId => _client.Welcome?.UserId ?? Identity.UserId;

    /// <summary>Messages that the server has stored for this person.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages that came into the room, this person's own too.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Whether they are each there once, in order and without a gap.</summary>
    public bool IsInOrder { get; private set; } = true;

    private long LastSequence { get; set; }

    public Task ConnectAsync(CancellationToken cancellationToken) => _client.StartAsync(cancellationToken);

    /// <summary>Makes the room, with its members.</summary>
    public Task CreateRoomAsync(IReadOnlyList<string> userIds) =>
        _client.Hub.CreateRoom(new CreateRoomRequest { RoomId = RoomId, MemberIds = userIds });

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        _room = await _client.JoinAsync(RoomId, cancellationToken);
        LastSequence = _room.Messages is [.., { Sequence: var last }] ? last : 0;
        _room.MessageReceived += OnMessage;
    }

    /// <summary>Says something, and returns when it is stored.</summary>
    /// <param name="due">When it was due.</param>
    public async Task SayAsync(long due)
    {
        try
        {
            await _room!.SendAsync(string.Create(CultureInfo.InvariantCulture, $"{due} {Identity.Number}{Words}"));
            Interlocked.Increment(ref _sent);
            _measurements.Count(CountName.Messages);
            _measurements.Record(LatencyKind.Acknowledged, due);
        }
        catch (CollabClientException refusal)
        {
            _measurements.Errors.CountCaught(refusal);
        }
    }

    /// <summary>Waits until so many messages have come, or the patience has an end.</summary>
    public async Task WaitUntilReceivedAsync(long count, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), _measurements.Time);
        var start = _measurements.Time.GetTimestamp();
        while (Received < count && _measurements.Time.GetElapsedTime(start) < patience)
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void OnMessage(object? sender, ChatMessageEventArgs received)
    {
        var message = received.Message;
        IsInOrder &= message.Sequence == LastSequence + 1;
        LastSequence = message.Sequence;
        // not by the user: with one token for all, everybody is the same one
        if (message.Content.Split(' ') is [var due, var number, ..] && Parse(number) != Identity.Number)
        {
            _measurements.Count(CountName.MessagesSeen);
            _measurements.Record(LatencyKind.Seen, Parse(due));
        }

        // last, as whoever waits for it reads the figures then
        Interlocked.Increment(ref _received);
    }

    private static long Parse(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
