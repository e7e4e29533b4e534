namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// An operation, a document's content or a selection was refused. Nothing has been changed. Every refusal of this library is one of these, whatever
/// the input, so that a server can answer any bad input with one catch.
/// </summary>
public sealed class OperationException : Exception
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="reason">One of <see cref="OperationReason"/>.</param>
    /// <param name="message">What is wrong, for a person. It never holds document text.</param>
    /// <param name="innerException">What the reader below said, if anything.</param>
    public OperationException(string reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>The stable name of what is wrong, one of <see cref="OperationReason"/>; made for programs, tests and metrics.</summary>
    public string Reason { get; }
}
