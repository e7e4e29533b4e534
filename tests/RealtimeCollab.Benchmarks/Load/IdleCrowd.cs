using System.Net.Sockets;
using System.Text;

namespace RealtimeCollab.Benchmarks.Load;

/// <summary>Connections that have joined a document and do what keeps a client alive, and no more: a ping every five seconds, a heartbeat every ten.</summary>
internal sealed class IdleCrowd : IDisposable
{
    private const int Steps = 100;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly List<HubConnection>[] _byStep = [.. Enumerable.Range(0, Steps).Select(static _ => new List<HubConnection>())];
    private readonly byte[]? _heartbeat;
    private readonly PeriodicTimer _steps = new(Step);
    private readonly Task _beating;
    private int _count;
    private int _lost;

    /// <param name="heartbeatOf">A document that all heartbeats name; null: the server knows no heartbeats.</param>
    public IdleCrowd(string? heartbeatOf)
    {
        _heartbeat = heartbeatOf is null
            ? null
            : Encoding.ASCII.GetBytes($$"""{"type":1,"invocationId":"h","target":"Heartbeat","arguments":[{"documentIds":["{{heartbeatOf}}"]}]}""");
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>Connections that the server closed.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public void Add(HubConnection connection)
    {
        var step = _byStep[_count++ % Steps];
        lock (step)
            step.Add(connection);
        _ = DrainAsync(connection.Socket);
    }

    public void Dispose()
    {
        _steps.Dispose();
        _beating.GetAwaiter().GetResult();
        foreach (var connection in _byStep.SelectMany(static step => step))
            connection.Dispose();
    }

    private async Task BeatAsync()
    {
        for (var step = 0; await _steps.WaitForNextTickAsync(); step++)
        {
            var due = _byStep[step % Steps];
            lock (due)
            {
                foreach (var connection in due.Where(static connection => connection.Socket.Connected))
                    connection.Send(_heartbeat is not null && step / Steps % 2 == 0 ? _heartbeat : "{\"type\":6}"u8);
            }
        }
    }

    private async Task DrainAsync(Socket socket)
    {
        var buffer = new byte[256];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                // whatever it is, an idle client has nothing to do with it
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // counted below, unless the run is over
        }

        Interlocked.Increment(ref _lost);
    }
}
