using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RealtimeCollab.Sessions.Rooms.Nodes;

/// <summary>
/// Says every <see cref="Documents.SessionOptions.NodeInterval"/> how far this node's parts of all rooms are, in few messages however many rooms there
/// are, and hears it of the other nodes. A pulse of its own that comes back is the measure of time: see <see cref="OtherParts"/>.
/// </summary>
internal sealed class RoomPulses : IDisposable
{
    private const int NodeIdBytes = 8;

    /// <summary>Some 50 kB.</summary>
    private const int MaxPartsOfMessage = 500;

    private readonly string _nodeId = RandomNumberGenerator.GetHexString(NodeIdBytes * 2, lowercase: true);
    private readonly ConcurrentDictionary<string, RoomPart> _parts = new(StringComparer.Ordinal);
    private readonly Task<IDisposable> _following;
    private readonly ITimer _beats;

    public RoomPulses(IRoomNotices notices, TimeSpan interval, TimeProvider time)
    {
        Notices = notices;
        _following = notices.FollowPulsesAsync(Hear).AsTask();
        _beats = time.CreateTimer(_ => Beat(), state: null, interval, interval);
    }

    public IRoomNotices Notices { get; }

    /// <summary>A document was opened. Of two sessions of one document, of which one closes, the newer is heard.</summary>
    public void Add(RoomPart part) => _parts[part.DocumentId] = part;

    /// <summary>A document left memory.</summary>
    public void Remove(RoomPart part) => _parts.TryRemove(new KeyValuePair<string, RoomPart>(part.DocumentId, part));

    public void Dispose()
    {
        _beats.Dispose();
        _ = LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        await ((Task)_following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_following.IsCompletedSuccessfully)
            (await _following).Dispose();
    }

    private void Beat()
    {
        var isFirst = true;
        foreach (var parts in _parts.Values.Select(part => part.Version).Where(part => part.Version > 0).Chunk(MaxPartsOfMessage).DefaultIfEmpty([]))
        {
            Notices.Publish(new RoomPulse(_nodeId, isFirst, parts));
            isFirst = false;
        }
    }

    private void Hear(RoomPulse pulse)
    {
        if (string.Equals(pulse.NodeId, _nodeId, StringComparison.Ordinal))
        {
            if (!pulse.IsFirst)
                return;
            foreach (var (_, part) in _parts)
                part.Tick();
            return;
        }

        foreach (var version in pulse.Parts)
        {
            if (_parts.TryGetValue(version.DocumentId, out var part))
                part.Hear(version);
        }
    }
}
