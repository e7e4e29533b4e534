using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.MessagePack.Payloads;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Messages;

/// <summary>
/// Reads what <see cref="HubMessageWriter"/> writes. A message that is none throws, and its connection is closed; an argument that does not fit becomes a
/// message of its own that fails the call. Items behind those that are known are passed over, and so are messages of types to come.
/// </summary>
internal sealed class HubMessageReader(MessagePackPayloads payloads)
{
    /// <summary>Reads a message; null if its type is not known.</summary>
    /// <exception cref="InvalidDataException">It is no message of the protocol.</exception>
    public HubMessage? Read(ReadOnlySpan<byte> body, IInvocationBinder binder)
    {
        try
        {
            MessagePackStructure.Check(body);
        }
        catch (MessagePackException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }

        var reader = new MessagePackReader(body);
        var items = HubFields.ReadArray(ref reader, "message");
        HubFields.Require(items, 1, "message");
        return HubFields.ReadInteger(ref reader, "message type") switch
        {
            HubProtocolConstants.InvocationMessageType => ReadInvocation(ref reader, items, binder, isStream: false),
            HubProtocolConstants.StreamItemMessageType => ReadStreamItem(ref reader, items, binder),
            HubProtocolConstants.CompletionMessageType => ReadCompletion(ref reader, items, binder),
            HubProtocolConstants.StreamInvocationMessageType => ReadInvocation(ref reader, items, binder, isStream: true),
            HubProtocolConstants.CancelInvocationMessageType => ReadCancel(ref reader, items),
            HubProtocolConstants.PingMessageType => PingMessage.Instance,
            HubProtocolConstants.CloseMessageType => ReadClose(ref reader, items),
            HubProtocolConstants.AckMessageType => new AckMessage(ReadSequenceId(ref reader, items, "Ack")),
            HubProtocolConstants.SequenceMessageType => new SequenceMessage(ReadSequenceId(ref reader, items, "Sequence")),
            _ => null,
        };
    }

    private HubMessage ReadInvocation(ref MessagePackReader reader, int items, IInvocationBinder binder, bool isStream)
    {
        HubFields.Require(items, 5, isStream ? "StreamInvocation" : "Invocation");
        var headers = HubFields.ReadHeaders(ref reader);
        var invocationId = isStream ? HubFields.ReadText(ref reader, "invocationId") : ReadOptionalId(ref reader);
        var target = HubFields.ReadTarget(ref reader, binder);
        var count = HubFields.ReadArray(ref reader, "arguments");
        object?[] arguments;
        try
        {
            arguments = ReadArguments(ref reader, count, binder.GetParameterTypes(target));
        }
        catch (Exception failure)
        {
            // whatever a contract or a converter of the application finds wrong is the caller's to hear, and no reason to disconnect
            return new InvocationBindingFailureMessage(invocationId, target, ExceptionDispatchInfo.Capture(failure));
        }

        var streamIds = items > 5 ? HubFields.ReadTexts(ref reader, "streamIds") : null;
        HubInvocationMessage message = isStream
            ? new StreamInvocationMessage(invocationId!, target, arguments, streamIds)
            : new InvocationMessage(invocationId, target, arguments, streamIds);
        message.Headers = headers;
        return message;
    }

    /// <summary>An empty id says, as nil does, that nobody awaits the result.</summary>
    private static string? ReadOptionalId(ref MessagePackReader reader) =>
        HubFields.ReadTextOrNil(ref reader, "invocationId") is { Length: > 0 } id ? id : null;

    private object?[] ReadArguments(ref MessagePackReader reader, int count, IReadOnlyList<Type> types)
    {
        if (count != types.Count)
            throw new InvalidDataException($"The call has {count} arguments, and the method {types.Count}.");

        var arguments = count == 0 ? [] : new object?[count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = payloads.Read(reader.Skip(), types[i]);
        return arguments;
    }

    private HubMessage ReadStreamItem(ref MessagePackReader reader, int items, IInvocationBinder binder)
    {
        HubFields.Require(items, 4, "StreamItem");
        var headers = HubFields.ReadHeaders(ref reader);
        var invocationId = HubFields.ReadText(ref reader, "invocationId");
        try
        {
            return new StreamItemMessage(invocationId, payloads.Read(reader.Skip(), binder.GetStreamItemType(invocationId))) { Headers = headers };
        }
        catch (Exception failure)
        {
            return new StreamBindingFailureMessage(invocationId, ExceptionDispatchInfo.Capture(failure));
        }
    }

    private CompletionMessage ReadCompletion(ref MessagePackReader reader, int items, IInvocationBinder binder)
    {
        HubFields.Require(items, 4, "Completion");
        var headers = HubFields.ReadHeaders(ref reader);
        var invocationId = HubFields.ReadText(ref reader, "invocationId");
        var number = HubFields.ReadInteger(ref reader, "result kind");
        if (number is < (int)ResultKind.Error or > (int)ResultKind.Value)
            throw new InvalidDataException($"result kind: {number}, not 1, 2 or 3.");
        var kind = (ResultKind)number;
        HubFields.Require(items, kind == ResultKind.Void ? 4 : 5, "Completion");
        var message = kind switch
        {
            ResultKind.Error => CompletionMessage.WithError(invocationId, HubFields.ReadTextOrNil(ref reader, "error") ?? ""),
            ResultKind.Value => ReadResult(reader.Skip(), invocationId, binder),
            _ => CompletionMessage.Empty(invocationId),
        };
        message.Headers = headers;
        return message;
    }

    private CompletionMessage ReadResult(ReadOnlySpan<byte> value, string invocationId, IInvocationBinder binder)
    {
        Type type;
        try
        {
            type = binder.GetReturnType(invocationId);
        }
        catch (Exception unknown) when (unknown is InvalidOperationException or KeyNotFoundException)
        {
            // nobody waits for it any more
            return CompletionMessage.WithResult(invocationId, payload: null);
        }

        try
        {
            return CompletionMessage.WithResult(invocationId, payloads.Read(value, type));
        }
        catch (Exception failure)
        {
            return CompletionMessage.WithError(invocationId, $"The result cannot be read as {type.Name}: {failure.Message}");
        }
    }

    private static CancelInvocationMessage ReadCancel(ref MessagePackReader reader, int items)
    {
        HubFields.Require(items, 3, "CancelInvocation");
        var headers = HubFields.ReadHeaders(ref reader);
        return new CancelInvocationMessage(HubFields.ReadText(ref reader, "invocationId")) { Headers = headers };
    }

    private static CloseMessage ReadClose(ref MessagePackReader reader, int items)
    {
        HubFields.Require(items, 2, "Close");
        var error = HubFields.ReadTextOrNil(ref reader, "error");
        return new CloseMessage(error, items > 2 && HubFields.ReadBoolean(ref reader, "allowReconnect"));
    }

    private static long ReadSequenceId(ref MessagePackReader reader, int items, string what)
    {
        HubFields.Require(items, 2, what);
        return HubFields.ReadInteger(ref reader, "sequenceId");
    }
}
