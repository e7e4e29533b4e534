namespace RealtimeCollab.OperationalTransform;

/// <summary>Where a client stands with its own edits.</summary>
public enum ClientStatus
{
    /// <summary>The server has everything.</summary>
    Synchronized,

    /// <summary>One operation is on its way.</summary>
    Awaiting,

    /// <summary>One operation is on its way, and later edits wait behind it.</summary>
    AwaitingWithBuffer,
}

/// <summary>An operation for the server, as it is sent and, with the same id, sent again until it is acknowledged.</summary>
/// <param name="BaseRevision">The revision of the document that the operation is made for.</param>
/// <param name="Operation">The operation.</param>
public sealed record OutgoingOperation(long BaseRevision, TextOperation Operation);

/// <summary>
/// The client's side of one document, as a value: each event gives the next state. One operation is outstanding at a time; edits made meanwhile are
/// composed into one buffer. The local document is always the server's at <see cref="Revision"/>, then <see cref="Outstanding"/>, then <see cref="Buffer"/>.
/// </summary>
/// <remarks>The three states are those of Google Wave's client and of ot.js. The caller orders what comes from the server by revision.</remarks>
public sealed class ClientState
{
    private ClientState(long revision, TextOperation? outstanding, TextOperation? buffer, OutgoingOperation? outgoing) =>
        (Revision, Outstanding, Buffer, Outgoing) = (revision, outstanding, buffer, outgoing);

    /// <summary>How many entries of the log the local document has taken in.</summary>
    public long Revision { get; }

    /// <summary>The operation on its way, carried over all that came since it was sent; null if there is none.</summary>
    public TextOperation? Outstanding { get; }

    /// <summary>The edits behind it, composed; null if there are none.</summary>
    public TextOperation? Buffer { get; }

    /// <summary>
    /// What the server has to get: the outstanding operation as it was first sent. The same object until it is acknowledged, so a caller sends when it
    /// changes, and sends it again, under the same id, after every reconnect. Null if there is nothing to send.
    /// </summary>
    public OutgoingOperation? Outgoing { get; }

    /// <summary>Which of the three states this is.</summary>
    public ClientStatus Status => Outstanding is null ? ClientStatus.Synchronized : Buffer is null ? ClientStatus.Awaiting : ClientStatus.AwaitingWithBuffer;

    /// <summary>All that the server has not acknowledged, as one operation on its document at <see cref="Revision"/>; null if there is nothing. For a conflict copy.</summary>
    public TextOperation? Pending => Outstanding is null || Buffer is null ? Outstanding : Outstanding.Compose(Buffer);

    /// <summary>A client that has the document as it is at a revision, and no edits of its own.</summary>
    /// <param name="revision">0 or more.</param>
    public static ClientState Synchronized(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return new ClientState(revision, null, null, null);
    }

    /// <summary>The user edited the local document. An edit that changes nothing is an edit too, as in ot.js; who does not want to send it asks first.</summary>
    /// <param name="operation">The edit, on the local document as it was.</param>
    /// <exception cref="OperationException">The edit does not fit behind what is pending.</exception>
    public ClientState ApplyLocal(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (Outstanding is null)
            return Send(Revision, operation);

        if (Buffer is not null)
            return new ClientState(Revision, Outstanding, Buffer.Compose(operation), Outgoing);

        return operation.BaseLength == Outstanding.TargetLength
            ? new ClientState(Revision, Outstanding, operation, Outgoing)
            : throw Refusal.BaseLength("The edit", operation.BaseLength, Outstanding.TargetLength);
    }

    /// <summary>The next entry of the log came, and it is someone else's.</summary>
    /// <param name="operation">The entry's operation.</param>
    /// <returns>The next state, and the operation to apply to the local document.</returns>
    /// <exception cref="OperationException">The entry does not fit the document.</exception>
    public (ClientState State, TextOperation Apply) ApplyRemote(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (Outstanding is null)
            return (new ClientState(Revision + 1, null, null, null), operation);

        var (outstanding, apply) = TextOperation.Transform(Outstanding, operation);
        if (Buffer is null)
            return (new ClientState(Revision + 1, outstanding, null, Outgoing), apply);

        (var buffer, apply) = TextOperation.Transform(Buffer, apply);
        return (new ClientState(Revision + 1, outstanding, buffer, Outgoing), apply);
    }

    /// <summary>The next entry of the log came, and it is the outstanding operation: what was buffered is on its way now.</summary>
    /// <exception cref="InvalidOperationException">Nothing is outstanding.</exception>
    public ClientState Acknowledge()
    {
        if (Outstanding is null)
            throw new InvalidOperationException("Nothing is outstanding.");

        return Buffer is null ? Synchronized(Revision + 1) : Send(Revision + 1, Buffer);
    }

    private static ClientState Send(long revision, TextOperation operation) => new(revision, operation, null, new OutgoingOperation(revision, operation));
}
