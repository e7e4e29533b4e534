using System.Text.Json.Serialization;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Json;

namespace RealtimeCollab.Protocol.Documents;

/// <summary>
/// An operation as it came in: read, or refused with the reason kept. A refusal while SignalR binds arguments would
/// reach the caller without a code, so it waits here until the hub method asks for the operation.
/// </summary>
[JsonConverter(typeof(WireOperationConverter))]
public sealed class WireOperation
{
    private readonly TextOperation? _operation;
    private readonly OperationException? _refusal;

    /// <summary>Holds an operation that is about to be sent.</summary>
    public WireOperation(TextOperation operation) => _operation = operation;

    internal WireOperation(TextOperation? operation, OperationException? refusal, long wireBytes) =>
        (_operation, _refusal, WireBytes) = (operation, refusal, wireBytes);

    /// <summary>The size with which it came in, in bytes; 0 for one that was made here.</summary>
    public long WireBytes { get; }

    /// <summary>
    /// Whether it is over a limit in its canonical JSON form: clients divide operations by that, and MessagePack takes more for some; a list of operations that is
    /// composed may take less, by far.
    /// </summary>
    /// <param name="limit">In bytes.</param>
    public bool IsLargerThan(int limit)
    {
        if (_operation is null)
            return WireBytes > limit;
        // only attributes, which a list gives to many places at once, make more of an operation than came in
        if (WireBytes <= limit && (!_operation.IsRich || _operation.Weight <= limit))
            return false;
        // what is so heavy is not written to be measured
        return _operation.Weight > 2L * limit || _operation.GetUtf8JsonLength() > limit;
    }

    /// <summary>The operation, in canonical form.</summary>
    /// <exception cref="OperationException">It could not be read.</exception>
    public TextOperation GetOperation() => _operation ?? throw _refusal!;

    /// <summary>Wraps an operation that is about to be sent.</summary>
    public static implicit operator WireOperation(TextOperation operation) => new(operation);
}
