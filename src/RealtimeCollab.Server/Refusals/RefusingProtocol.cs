using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Server.Refusals;

/// <summary>
/// Any protocol, but arguments that cannot be bound are refused with a code: SignalR passes the text of a
/// <see cref="HubException"/> on to the caller, and of no other exception.
/// </summary>
internal sealed class RefusingProtocol(IHubProtocol inner) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!inner.TryParseMessage(ref input, binder, out message))
            return false;
        if (message is InvocationBindingFailureMessage failure)
            message = new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, ToRefusal(failure));
        return true;
    }

    private static ExceptionDispatchInfo ToRefusal(InvocationBindingFailureMessage failure)
    {
        // the path is made of the contract's own member names and holds nothing of the caller's
        var path = failure.BindingFailure.SourceException.GetBaseException() is JsonException { Path: { Length: > 0 } at } ? $" at {at}" : "";
        var refusal = new Refusal(ErrorCodes.InvalidRequest, $"The argument cannot be read{path}: a member is missing or of another type.");
        return ExceptionDispatchInfo.Capture(new HubException(refusal.ToString()));
    }
}
