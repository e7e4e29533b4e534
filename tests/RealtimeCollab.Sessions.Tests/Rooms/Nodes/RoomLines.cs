using System.Collections.Concurrent;
using RealtimeCollab.Sessions.Rooms.Nodes;

namespace RealtimeCollab.Sessions.Tests.Rooms.Nodes;

/// <summary>Carries room notices between the nodes of a test, or loses them.</summary>
internal sealed class RoomLines
{
    private readonly List<Line> _lines = [];

    /// <summary>Loses everything.</summary>
    public bool IsAway { get; set; }

    /// <summary>Loses a notice, or a node's copy of it.</summary>
    public Func<RoomNotice, bool> Loses { get; set; } = _ => false;

    /// <summary>Everything that was published.</summary>
    public ConcurrentQueue<RoomNotice> Notices { get; } = new();

    /// <summary>Everything that was published.</summary>
    public ConcurrentQueue<RoomPulse> Pulses { get; } = new();

    /// <summary>The way of another node.</summary>
    public Line NewLine()
    {
        var line = new Line(this);
        _lines.Add(line);
        return line;
    }

    /// <summary>One node's.</summary>
    public sealed class Line(RoomLines lines) : IRoomNotices
    {
        private readonly ConcurrentDictionary<string, Action<RoomNotice>> _rooms = new(StringComparer.Ordinal);
        private Action<RoomPulse>? _onPulse;

        /// <summary>The node is dead, or cut off: it neither hears nor is heard.</summary>
        public bool IsCut { get; set; }

        public int Followers => _rooms.Count + (_onPulse is null ? 0 : 1);

        public void Publish(RoomNotice notice)
        {
            if (IsCut)
                return;
            lines.Notices.Enqueue(notice);
            foreach (var line in lines._lines.Where(line => !lines.IsAway && !line.IsCut && !lines.Loses(notice)))
            {
                if (line._rooms.TryGetValue(notice.DocumentId, out var hear))
                    hear(notice);
            }
        }

        public void Publish(RoomPulse pulse)
        {
            if (IsCut)
                return;
            lines.Pulses.Enqueue(pulse);
            foreach (var line in lines._lines.Where(line => !lines.IsAway && !line.IsCut))
                line._onPulse?.Invoke(pulse);
        }

        public ValueTask<IDisposable> FollowAsync(string documentId, Action<RoomNotice> onNotice)
        {
            _rooms[documentId] = onNotice;
            return new ValueTask<IDisposable>(new Following(() => _rooms.TryRemove(documentId, out _)));
        }

        public ValueTask<IDisposable> FollowPulsesAsync(Action<RoomPulse> onPulse)
        {
            _onPulse = onPulse;
            return new ValueTask<IDisposable>(new Following(() => _onPulse = null));
        }
    }

    private sealed class Following(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
