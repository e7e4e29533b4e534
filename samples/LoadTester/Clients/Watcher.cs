using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Presence;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>A person who tells what they are at, and sees what the others of a group are at. The text of a status is the timestamp at which it was due.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly Measurements _measurements;
    private readonly PresenceClient _client;
    private readonly ConcurrentDictionary<string, long> _seen = new(StringComparer.Ordinal);
    private long _told;

    public Watcher(ClientIdentity identity, Deployment deployment)
    {
        (Identity, _measurements) = (identity, deployment.Measurements);
        var connection = new Wire("presence", identity, deployment).Connection;
        connection.On<WelcomeMessage>(nameof(ICollabClient.Welcome), welcome => UserId = welcome.UserId);
        _client = new PresenceClient(connection);
        _client.Changed += (_, changed) => See(changed.Users);
    }

    public ClientIdentity Identity { get; }

    /// <summary>Who the server takes the person for, once connected.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>When the last status that the server took was due; 0 before the first.</summary>
    public long Told => Interlocked.Read(ref _told);

    public Task ConnectAsync(CancellationToken cancellationToken) => _client.StartAsync(cancellationToken);

    public async Task WatchAsync(IEnumerable<Watcher> others, CancellationToken cancellationToken) =>
        See(await _client.WatchAsync(others.Select(other => other.UserId), cancellationToken: cancellationToken));

    /// <summary>Changes between busy and online, and returns when the server has it.</summary>
    /// <param name="due">When it was due.</param>
    public async Task TellAsync(long due)
    {
        try
        {
            await _client.SetStatusAsync(due % 2 == 0 ? PresenceStatus.Busy : PresenceStatus.Online, due.ToString(CultureInfo.InvariantCulture));
            InterlockedMax(ref _told, due);
            _measurements.Count(CountName.Statuses);
            _measurements.Record(LatencyKind.Acknowledged, due);
        }
        catch (CollabClientException refusal)
        {
            _measurements.Errors.CountCaught(refusal);
        }
    }

    /// <summary>When the last status of another person that this one has seen was due.</summary>
    public long LastSeenOf(Watcher other) => _seen.GetValueOrDefault(other.UserId);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static void InterlockedMax(ref long place, long value)
    {
        for (var present = Interlocked.Read(ref place); present < value;)
            present = Interlocked.CompareExchange(ref place, value, present);
    }

    /// <summary>A status that another one overtook on its way is not told; the latest counts.</summary>
    private void See(IReadOnlyList<PresenceUser> users)
    {
        foreach (var user in users)
        {
            if (!long.TryParse(user.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var due) || due <= _seen.GetValueOrDefault(user.UserId))
                continue;
            _measurements.Count(CountName.StatusesSeen);
            _measurements.Record(LatencyKind.Seen, due);
            // last, as whoever waits for it reads the figures then
            _seen[user.UserId] = due;
        }
    }
}
