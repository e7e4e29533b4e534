namespace RealtimeCollab.LoadTester.Measuring;

/// <summary>Messages of the hub protocol and their bytes, without the frames of WebSockets and below. Safe for any thread.</summary>
internal sealed class Traffic
{
    private long _bytesSent;
    private long _bytesReceived;
    private long _messagesSent;
    private long _messagesReceived;

    public void Sent(long bytes)
    {
        Interlocked.Add(ref _bytesSent, bytes);
        Interlocked.Increment(ref _messagesSent);
    }

    public void Received(long bytes)
    {
        Interlocked.Add(ref _bytesReceived, bytes);
        Interlocked.Increment(ref _messagesReceived);
    }

    public TrafficTotals Totals => new(
        Interlocked.Read(ref _bytesSent), Interlocked.Read(ref _bytesReceived), Interlocked.Read(ref _messagesSent), Interlocked.Read(ref _messagesReceived));

    public void Clear()
    {
        Interlocked.Exchange(ref _bytesSent, 0);
        Interlocked.Exchange(ref _bytesReceived, 0);
        Interlocked.Exchange(ref _messagesSent, 0);
        Interlocked.Exchange(ref _messagesReceived, 0);
    }
}

/// <summary>What all clients together sent and received, as the tester counts it: what it sends, the server receives.</summary>
internal sealed record TrafficTotals(long BytesSent, long BytesReceived, long MessagesSent, long MessagesReceived)
{
    public static TrafficTotals operator -(TrafficTotals later, TrafficTotals earlier) => new(
        later.BytesSent - earlier.BytesSent,
        later.BytesReceived - earlier.BytesReceived,
        later.MessagesSent - earlier.MessagesSent,
        later.MessagesReceived - earlier.MessagesReceived);
}
