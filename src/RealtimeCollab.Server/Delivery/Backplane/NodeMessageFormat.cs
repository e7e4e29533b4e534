using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.MessagePack.Messages;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Server.Delivery.Backplane;

/// <summary>
/// Messages between nodes in MessagePack, each an array of which only the beginning may grow in later versions:
/// <list type="bullet">
/// <item><c>[0, nodeId, audience kind, audience name, [excluded connection, …], {protocol: bytes, …}]</c>: a broadcast, as it goes out in each protocol</item>
/// <item><c>[1, nodeId, id, connectionId, group]</c>: join; <c>[2, …]</c>: leave</item>
/// <item><c>[3, nodeId, id]</c>: done</item>
/// </list>
/// </summary>
internal static class NodeMessageFormat
{
    private const int Broadcast = 0;
    private const int Join = 1;
    private const int Leave = 2;
    private const int Done = 3;

    /// <param name="message">The message.</param>
    /// <param name="protocols">Those that connections of any node may speak.</param>
    public static ReadOnlyMemory<byte> Write(NodeMessage message, IReadOnlyList<IHubProtocol> protocols)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        switch (message)
        {
            case BroadcastMessage broadcast:
                WriteBroadcast(ref writer, broadcast, protocols);
                break;
            case GroupCommand command:
                writer.WriteArrayHeader(5);
                writer.WriteInteger(command.IsJoin ? Join : Leave);
                writer.WriteString(command.NodeId);
                writer.WriteInteger(command.Id);
                writer.WriteString(command.ConnectionId);
                writer.WriteString(command.GroupName);
                break;
            case CommandDone done:
                writer.WriteArrayHeader(3);
                writer.WriteInteger(Done);
                writer.WriteString(done.NodeId);
                writer.WriteInteger(done.Id);
                break;
            default:
                throw new ArgumentException($"{message.GetType()} has no form.", nameof(message));
        }

        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>Null for a kind that is not known: a later version's.</summary>
    /// <exception cref="InvalidDataException">It is no message of a node.</exception>
    public static NodeMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            MessagePackStructure.Check(bytes.Span);
        }
        catch (MessagePackException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }

        var reader = new MessagePackReader(bytes.Span);
        var items = HubFields.ReadArray(ref reader, "message");
        HubFields.Require(items, 3, "message");
        var kind = HubFields.ReadInteger(ref reader, "kind");
        var nodeId = HubFields.ReadText(ref reader, "nodeId");
        switch (kind)
        {
            case Broadcast:
                HubFields.Require(items, 6, "broadcast");
                return new BroadcastMessage(nodeId, ReadAudience(ref reader), ReadPayloads(ref reader, bytes));
            case Join or Leave:
                HubFields.Require(items, 5, "command");
                return new GroupCommand(
                    nodeId,
                    HubFields.ReadInteger(ref reader, "id"),
                    kind == Join,
                    HubFields.ReadText(ref reader, "connectionId"),
                    HubFields.ReadText(ref reader, "group"));
            case Done:
                return new CommandDone(nodeId, HubFields.ReadInteger(ref reader, "id"));
            default:
                return null;
        }
    }

    private static void WriteBroadcast(ref MessagePackWriter writer, BroadcastMessage message, IReadOnlyList<IHubProtocol> protocols)
    {
        writer.WriteArrayHeader(6);
        writer.WriteInteger(Broadcast);
        writer.WriteString(message.NodeId);
        writer.WriteInteger((int)message.Audience.Kind);
        writer.WriteString(message.Audience.Name);
        writer.WriteArrayHeader(message.Audience.Excluded.Count);
        foreach (var connectionId in message.Audience.Excluded)
            writer.WriteString(connectionId);
        writer.WriteMapHeader(protocols.Count);
        foreach (var protocol in protocols)
        {
            writer.WriteString(protocol.Name);
            writer.WriteBinary(message.Payload.GetSerializedMessage(protocol).Span);
        }
    }

    private static Audience ReadAudience(ref MessagePackReader reader)
    {
        var kind = HubFields.ReadInteger(ref reader, "audience");
        var name = HubFields.ReadTextOrNil(ref reader, "name") ?? string.Empty;
        var excluded = new string[HubFields.ReadArray(ref reader, "excluded")];
        for (var i = 0; i < excluded.Length; i++)
            excluded[i] = HubFields.ReadText(ref reader, "connection");
        return kind is >= (int)AudienceKind.All and <= (int)AudienceKind.Connection
            ? new Audience((AudienceKind)kind, name, excluded)
            : throw new InvalidDataException($"audience: {kind} is no kind of it.");
    }

    /// <summary>The payloads stay where they came in.</summary>
    private static SerializedHubMessage ReadPayloads(ref MessagePackReader reader, ReadOnlyMemory<byte> bytes)
    {
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            throw new InvalidDataException("payloads: no map.");
        var payloads = new SerializedMessage[map.Count];
        for (var i = 0; i < payloads.Length; i++)
        {
            var protocol = HubFields.ReadText(ref reader, "protocol");
            reader.Read(out var payload);
            if (payload.Type != MessagePackType.Binary)
                throw new InvalidDataException("payload: no bytes.");
            payloads[i] = new SerializedMessage(protocol, bytes.Slice(reader.Position - payload.Bytes.Length, payload.Bytes.Length));
        }

        return new SerializedHubMessage(payloads);
    }
}
