using System.Text.Json;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Delivery.Backplane;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Rooms.Nodes;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Documents;

/// <summary>
/// Who is in the rooms of which node, over the backplane: a channel for each document, and one for the pulses of all. In the JSON of the protocol, as
/// selections have it; members that are not known are passed over.
/// </summary>
internal sealed class BackplaneRoomNotices(IBackplane backplane, CollabMetrics metrics, TimeProvider time, ILogger<BackplaneRoomNotices> logger)
    : IRoomNotices
{
    private const string Pulses = "rooms";

    public void Publish(RoomNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Publish(ChannelOf(notice.DocumentId), notice);
    }

    public void Publish(RoomPulse pulse) => Publish(Pulses, pulse);

    public ValueTask<IDisposable> FollowAsync(string documentId, Action<RoomNotice> onNotice) => HearAsync(ChannelOf(documentId), onNotice);

    public ValueTask<IDisposable> FollowPulsesAsync(Action<RoomPulse> onPulse) => HearAsync(Pulses, onPulse);

    private static string ChannelOf(string documentId) => $"rooms/{documentId}";

    private void Publish<T>(string channel, T message)
    {
        metrics.Backplane.CountPublished();
        backplane.Publish(channel, JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Options));
    }

    private async ValueTask<IDisposable> HearAsync<T>(string channel, Action<T> onMessage)
        where T : class
    {
        var subscriptions = new ChannelSubscriptions(backplane, bytes => OnMessage(bytes, onMessage));
        await Hearing.WaitAsync(subscriptions.HoldAsync(channel), time, logger);
        return subscriptions;
    }

    private void OnMessage<T>(ReadOnlyMemory<byte> bytes, Action<T> onMessage)
        where T : class
    {
        try
        {
            metrics.Backplane.CountReceived();
            if (JsonSerializer.Deserialize<T>(bytes.Span, ProtocolJson.Options) is { } message)
                onMessage(message);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            BackplaneLog.Unreadable(logger, failure);
        }
    }
}
