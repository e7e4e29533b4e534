using System.Collections.Concurrent;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Chat;

/// <summary>Asks now and then how far the open rooms are, so that a lost last callback is found.</summary>
internal sealed class ChatHeartbeat(IChatHub hub, ConcurrentDictionary<string, ChatRoom> rooms)
{
    public async Task BeatAsync(CancellationToken stopping)
    {
        var asked = rooms.Values.Select(room => (Room: room, Joining: room.Joining)).Where(one => one.Joining > 0).ToList();
        if (asked.Count == 0)
            return;
        try
        {
            var request = new ChatHeartbeatRequest { RoomIds = [.. asked.Select(one => one.Room.Id)] };
            var result = await hub.Heartbeat(request).WaitAsync(stopping).ConfigureAwait(false);
            foreach (var (room, joining) in asked)
                room.HeadSeen(joining, result.Heads.TryGetValue(room.Id, out var head) ? head : null);
        }
        catch (CollabClientException)
        {
            // whether the connection lives is for its own timeouts to say; the next beat asks again
        }
    }
}
