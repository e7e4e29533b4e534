namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// What was sent to a receiver and not taken yet: how much it is, and how old. Writes to one receiver end in the order in which they
/// began.
/// </summary>
internal sealed class Backlog(DeliveryLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _since = new();
    private long _bytes;
    private long _patientUntil = long.MinValue;

    /// <summary>What waits, in bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Counts a write that begins; false if there is too much now.</summary>
    public bool TryBegin(int bytes)
    {
        lock (_lock)
        {
            // whatever its size, a message that has nothing before it may simply be on its way
            var isTooMuch = _since.Count > 0 && _bytes + bytes > limits.MaxWaitingBytes;
            _since.Enqueue(time.GetTimestamp());
            _bytes += bytes;
            return !isTooMuch;
        }
    }

    /// <summary>The oldest write is over.</summary>
    public void End(int bytes)
    {
        lock (_lock)
        {
            _since.Dequeue();
            _bytes -= bytes;
        }
    }

    /// <summary>
    /// Tells that the receiver is about to get a large answer. What is sent queues behind it, and its age says nothing about the
    /// receiver until it had the time for the answer.
    /// </summary>
    /// <param name="bytes">About how large.</param>
    public void ExpectLargeAnswer(long bytes)
    {
        var needed = bytes / limits.SlowestLine * time.TimestampFrequency;
        lock (_lock)
            _patientUntil = Math.Max(_patientUntil, time.GetTimestamp()) + needed;
    }

    /// <summary>Whether something has waited too long.</summary>
    public bool IsOverdue(out TimeSpan age)
    {
        lock (_lock)
        {
            age = TimeSpan.Zero;
            if (!_since.TryPeek(out var oldest) || time.GetTimestamp() < _patientUntil)
                return false;
            age = time.GetElapsedTime(oldest);
            return age > limits.MaxWaitingTime;
        }
    }
}
