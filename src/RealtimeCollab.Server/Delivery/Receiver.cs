using System.Runtime.InteropServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// A connection as rooms see it: something to send to without waiting. What it has not taken yet is counted, and a receiver
/// that is too far behind is cut.
/// </summary>
internal sealed class Receiver(HubConnectionContext connection, DeliveryLimits limits, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Queue<WaitingWrite> _waiting = new();
    private long _waitingBytes;
    private long _patientUntil = long.MinValue;
    private volatile bool _isCut;

    public string ConnectionId => connection.ConnectionId;

    public string? UserId => connection.UserIdentifier;

    /// <summary>The groups that it is in; guarded by the lock of <see cref="ReceiverGroups"/>.</summary>
    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Messages that it has not taken yet, in bytes.</summary>
    public long WaitingBytes => Volatile.Read(ref _waitingBytes);

    /// <summary>Starts to send. Messages of one caller arrive in the order of its calls.</summary>
    public void Send(SerializedHubMessage message)
    {
        if (_isCut)
            return;
        var write = connection.WriteAsync(message, CancellationToken.None);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
            return;
        }

        // written once for each protocol and kept with the message: this only looks it up
        var bytes = message.GetSerializedMessage(connection.Protocol).Length;
        Begin(bytes);
        _ = FinishAsync(write, bytes);
    }

    /// <summary>
    /// Tells that the connection is about to get a large answer. Messages of rooms queue behind it, and their age says
    /// nothing about the receiver until it had the time for it.
    /// </summary>
    /// <param name="bytes">About how large.</param>
    public void ExpectLargeAnswer(long bytes)
    {
        var needed = bytes / limits.SlowestLine * time.TimestampFrequency;
        lock (_lock)
            _patientUntil = Math.Max(_patientUntil, time.GetTimestamp()) + needed;
    }

    /// <summary>Cuts the connection if what waits for it has waited too long.</summary>
    public void CutIfOverdue()
    {
        long bytes;
        TimeSpan age;
        lock (_lock)
        {
            if (!_waiting.TryPeek(out var oldest) || time.GetTimestamp() < _patientUntil)
                return;
            (bytes, age) = (_waitingBytes, time.GetElapsedTime(oldest.Since));
        }

        if (age > limits.MaxWaitingTime)
            Cut(bytes, age);
    }

    private void Begin(int bytes)
    {
        bool isTooMuch;
        lock (_lock)
        {
            // whatever its size, a message that has nothing before it may simply be on its way
            isTooMuch = _waiting.Count > 0 && _waitingBytes + bytes > limits.MaxWaitingBytes;
            _waiting.Enqueue(new WaitingWrite(time.GetTimestamp()));
            _waitingBytes += bytes;
        }

        if (isTooMuch)
            Cut(_waitingBytes, TimeSpan.Zero);
        else
            CutIfOverdue();
    }

    private async Task FinishAsync(ValueTask write, int bytes)
    {
        // does not throw: SignalR itself logs a failed write and aborts the connection
        await write;
        lock (_lock)
        {
            // writes to a connection end in the order in which they began
            _waiting.Dequeue();
            _waitingBytes -= bytes;
        }
    }

    private void Cut(long bytes, TimeSpan age)
    {
        if (_isCut)
            return;
        _isCut = true;
        DeliveryLog.ReceiverCut(logger, ConnectionId, bytes, age.TotalMilliseconds);
        connection.Abort();
        // SignalR would still say goodbye, behind the write that is stuck: only the loss of the socket ends that one
        connection.GetHttpContext()?.Abort();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct WaitingWrite(long Since);
}
