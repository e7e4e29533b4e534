using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.MessagePack.Payloads;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Messages;

/// <summary>
/// Writes the messages of SignalR's hub protocol as arrays, which <see cref="HubMessageReader"/> reads:
/// <code>
/// Invocation         [1, headers, invocationId or nil, target, [arguments], [streamIds]]
/// StreamItem         [2, headers, invocationId, item]
/// Completion         [3, headers, invocationId, 1, error], [3, headers, invocationId, 2] or [3, headers, invocationId, 3, result]
/// StreamInvocation   [4, headers, invocationId, target, [arguments], [streamIds]]
/// CancelInvocation   [5, headers, invocationId]
/// Ping               [6]
/// Close              [7, error or nil, allowReconnect]
/// Ack                [8, sequenceId]
/// Sequence           [9, sequenceId]
/// </code>
/// Headers are a map of strings. The specification is HubProtocol.md of ASP.NET Core; a message grows by items at its end.
/// </summary>
internal sealed class HubMessageWriter(MessagePackPayloads payloads)
{
    public void Write(ref MessagePackWriter writer, HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                WriteInvocation(ref writer, HubProtocolConstants.InvocationMessageType, invocation);
                break;
            case StreamInvocationMessage invocation:
                WriteInvocation(ref writer, HubProtocolConstants.StreamInvocationMessageType, invocation);
                break;
            case StreamItemMessage item:
                WriteHead(ref writer, 4, HubProtocolConstants.StreamItemMessageType, item);
                payloads.Write(ref writer, item.Item);
                break;
            case CompletionMessage completion:
                WriteCompletion(ref writer, completion);
                break;
            case CancelInvocationMessage cancel:
                WriteHead(ref writer, 3, HubProtocolConstants.CancelInvocationMessageType, cancel);
                break;
            case PingMessage:
                writer.WriteArrayHeader(1);
                writer.WriteInteger(HubProtocolConstants.PingMessageType);
                break;
            case CloseMessage close:
                WriteClose(ref writer, close);
                break;
            case AckMessage ack:
                WriteSequenceId(ref writer, HubProtocolConstants.AckMessageType, ack.SequenceId);
                break;
            case SequenceMessage sequence:
                WriteSequenceId(ref writer, HubProtocolConstants.SequenceMessageType, sequence.SequenceId);
                break;
            default:
                throw new InvalidDataException($"A {message.GetType().Name} is no message of the wire.");
        }
    }

    private void WriteInvocation(ref MessagePackWriter writer, int type, HubMethodInvocationMessage message)
    {
        WriteHead(ref writer, 6, type, message);
        writer.WriteString(message.Target);
        writer.WriteArrayHeader(message.Arguments.Length);
        foreach (var argument in message.Arguments)
            payloads.Write(ref writer, argument);

        var streamIds = message.StreamIds ?? [];
        writer.WriteArrayHeader(streamIds.Length);
        foreach (var streamId in streamIds)
            writer.WriteString(streamId);
    }

    private void WriteCompletion(ref MessagePackWriter writer, CompletionMessage message)
    {
        var kind = message switch
        {
            { Error: not null } => ResultKind.Error,
            { HasResult: true } => ResultKind.Value,
            _ => ResultKind.Void,
        };
        WriteHead(ref writer, kind == ResultKind.Void ? 4 : 5, HubProtocolConstants.CompletionMessageType, message);
        writer.WriteInteger((int)kind);
        if (kind == ResultKind.Error)
            writer.WriteString(message.Error);
        else if (kind == ResultKind.Value)
            payloads.Write(ref writer, message.Result);
    }

    private static void WriteClose(ref MessagePackWriter writer, CloseMessage message)
    {
        writer.WriteArrayHeader(3);
        writer.WriteInteger(HubProtocolConstants.CloseMessageType);
        if (message.Error is null)
            writer.WriteNil();
        else
            writer.WriteString(message.Error);
        writer.WriteBoolean(message.AllowReconnect);
    }

    private static void WriteSequenceId(ref MessagePackWriter writer, int type, long sequenceId)
    {
        writer.WriteArrayHeader(2);
        writer.WriteInteger(type);
        writer.WriteInteger(sequenceId);
    }

    private static void WriteHead(ref MessagePackWriter writer, int items, int type, HubInvocationMessage message)
    {
        writer.WriteArrayHeader(items);
        writer.WriteInteger(type);
        WriteHeaders(ref writer, message.Headers);
        if (string.IsNullOrEmpty(message.InvocationId))
            writer.WriteNil();
        else
            writer.WriteString(message.InvocationId);
    }

    private static void WriteHeaders(ref MessagePackWriter writer, IDictionary<string, string>? headers)
    {
        writer.WriteMapHeader(headers?.Count ?? 0);
        if (headers is null)
            return;
        foreach (var (name, value) in headers)
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }
    }
}
