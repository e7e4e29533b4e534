using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace RealtimeCollab.Benchmarks.Load;

/// <summary>
/// Types into one document, one edit at a time as every client does: the next goes when the last is committed and has come back with
/// the others' edits. Knows the revision and not the content, which an insert at the front does not need.
/// </summary>
internal sealed class Writer(int number, string documentId, HubConnection connection, Measurements measurements)
{
    private readonly byte[] _documentId = Encoding.ASCII.GetBytes(documentId);
    private readonly byte[] _message = new byte[512];
    private int _length;
    private long _sequence;
    private long _revision;
    private long _sentAt;
    private bool _isAnswered = true;
    private bool _isBack = true;

    /// <summary>How a writer reads what comes: all of it, or only what it needs to write on, so that a crowd does not wait for itself.</summary>
    public bool IsListening { get; init; } = true;

    /// <summary>A relay does not send a caller's edit back to it.</summary>
    public bool ExpectsEcho { get; init; } = true;

    /// <summary>The number of the server that it is connected to.</summary>
    public int Node { get; init; }

    public HubConnection Connection => connection;

    /// <summary>No edit is under way.</summary>
    public bool IsIdle => _isAnswered && _isBack;

    public void SendEdit()
    {
        _sequence++;
        (_isAnswered, _isBack) = (false, !ExpectsEcho || !IsListening);
        _length = 0;
        Put("{\"type\":1,\"invocationId\":\"1\",\"target\":\"SubmitOperation\",\"arguments\":[{\"documentId\":\""u8);
        Put(_documentId);
        Put("\",\"operationId\":\""u8);
        Put(number);
        Put("-"u8);
        Put(_sequence);
        Put("\",\"baseRevision\":"u8);
        Put(_revision);
        Put(",\"operation\":[\"x\"]}]}"u8);
        _sentAt = Stopwatch.GetTimestamp();
        connection.Send(_message.AsSpan(0, _length));
    }

    /// <summary>Takes a message from the server.</summary>
    /// <param name="message">Without its separator.</param>
    /// <param name="writers">Everybody by number: operations tell the number of their author.</param>
    public void OnMessage(ReadOnlySpan<byte> message, Writer[] writers)
    {
        if (message.StartsWith("{\"type\":3"u8))
            OnResult(message);
        else if (message.StartsWith("{\"type\":1,\"target\":\"OperationsApplied\""u8))
            OnOperations(message, writers);
    }

    private void OnResult(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"error\""u8) >= 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(message));
        _isAnswered = true;
        measurements.Committed(Stopwatch.GetElapsedTime(_sentAt));
    }

    private void OnOperations(ReadOnlySpan<byte> message, Writer[] writers)
    {
        if (!IsListening)
        {
            var last = message.LastIndexOf("\"revision\":"u8);
            if (last >= 0)
                _revision = NumberAfter("\"revision\":"u8, message[last..]);
            return;
        }

        var operations = 0;
        var key = "\"operationId\":\""u8;
        for (var at = message.IndexOf(key); at >= 0; at = message.IndexOf(key))
        {
            message = message[at..];
            var author = (int)NumberAfter(key, message);
            message = message[message.IndexOf("-"u8)..];
            if (author != number)
                measurements.Delivered(Stopwatch.GetElapsedTime(writers[author]._sentAt), writers[author].Node != Node);
            else if (NumberAfter("-"u8, message) == _sequence)
                _isBack = true;
            operations++;
        }

        _revision += operations;
        measurements.Received(operations);
    }

    private static long NumberAfter(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text[key.Length..], out long number, out _) ? number : throw new InvalidOperationException("The server sent something else than its protocol says.");

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_message.AsSpan(_length));
        _length += text.Length;
    }

    private void Put(long value)
    {
        Utf8Formatter.TryFormat(value, _message.AsSpan(_length), out var written);
        _length += written;
    }
}
