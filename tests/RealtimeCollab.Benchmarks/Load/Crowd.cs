using System.Diagnostics;
using System.Net.Sockets;

namespace RealtimeCollab.Benchmarks.Load;

/// <summary>All writers of a run, on one thread.</summary>
internal sealed class Crowd(Writer[] writers) : IDisposable
{
    private readonly Dictionary<Socket, Writer> _bySocket = writers.ToDictionary(static writer => writer.Connection.Socket);
    private readonly List<Socket> _readable = [];

    /// <summary>Closed loop: every writer always has an edit under way.</summary>
    public void Flood(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var writer in writers.Where(static writer => writer.IsIdle))
            writer.SendEdit();
        while (Stopwatch.GetElapsedTime(start) < time)
            ReceiveAll(onIdle: static writer => writer.SendEdit());
        Settle();
    }

    /// <summary>Every writer types at a pace of its own, as people do; one whose last edit is not committed yet leaves a turn out.</summary>
    /// <param name="time">How long.</param>
    /// <param name="rate">Edits a second of each.</param>
    public void Type(TimeSpan time, double rate)
    {
        var random = new Random(writers.Length);
        var due = new PriorityQueue<Writer, TimeSpan>(writers.Select(writer => (writer, TimeSpan.FromSeconds(random.NextDouble() / rate))));
        var start = Stopwatch.GetTimestamp();
        for (var now = TimeSpan.Zero; now < time; now = Stopwatch.GetElapsedTime(start))
        {
            while (due.TryPeek(out var writer, out var at) && at <= now)
            {
                if (writer.IsIdle)
                    writer.SendEdit();
                due.DequeueEnqueue(writer, at + TimeSpan.FromSeconds((0.5 + random.NextDouble()) / rate));
            }

            ReceiveAll(onIdle: null);
        }

        Settle();
    }

    public void Dispose()
    {
        foreach (var writer in writers)
            writer.Connection.Dispose();
    }

    /// <summary>Returns when every edit is over.</summary>
    private void Settle()
    {
        while (!Array.TrueForAll(writers, static writer => writer.IsIdle))
            ReceiveAll(onIdle: null);
    }

    private void ReceiveAll(Action<Writer>? onIdle)
    {
        _readable.Clear();
        _readable.AddRange(_bySocket.Keys);
        Socket.Select(_readable, checkWrite: null, checkError: null, TimeSpan.FromMilliseconds(1));
        foreach (var socket in _readable)
        {
            var writer = _bySocket[socket];
            var wasIdle = writer.IsIdle;
            writer.Connection.Receive(message => writer.OnMessage(message, writers));
            if (writer.IsIdle && !wasIdle)
                onIdle?.Invoke(writer);
        }
    }
}
