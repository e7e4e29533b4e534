using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>Committed operations: the argument of OperationsApplied, which the server sends most, and the result of GetOperations.</summary>
internal static class OperationBatchFormat
{
    public static void Write(ref MessagePackWriter writer, OperationBatch batch)
    {
        writer.WriteMapHeader(3);
        writer.WriteString("documentId"u8);
        writer.WriteString(batch.DocumentId);
        writer.WriteString("fromRevision"u8);
        writer.WriteInteger(batch.FromRevision);
        writer.WriteString("operations"u8);
        writer.WriteArrayHeader(batch.Operations.Count);
        for (var i = 0; i < batch.Operations.Count; i++)
            Write(ref writer, batch.Operations[i]);
    }

    /// <summary>Reads a batch whose members are of the types that they should be.</summary>
    public static bool TryRead(ref MessagePackReader reader, [NotNullWhen(true)] out OperationBatch? batch)
    {
        batch = null;
        string? documentId = null;
        long? fromRevision = null;
        CommittedOperation[]? operations = null;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            return false;
        for (var i = 0; i < map.Count; i++)
        {
            reader.Read(out var name);
            var isExpected = name.Type switch
            {
                _ when name.Is("documentId"u8) => MemberFormat.TryReadText(ref reader, out documentId),
                _ when name.Is("fromRevision"u8) => MemberFormat.TryReadInteger(ref reader, out fromRevision),
                _ when name.Is("operations"u8) => TryReadOperations(ref reader, out operations),
                _ => MemberFormat.TryPass(name, ref reader),
            };
            if (!isExpected)
                return false;
        }

        if (documentId is null || fromRevision is not { } from || operations is null)
            return false;
        batch = new OperationBatch { DocumentId = documentId, FromRevision = from, Operations = operations };
        return true;
    }

    private static void Write(ref MessagePackWriter writer, CommittedOperation committed)
    {
        Span<byte> time = stackalloc byte[UtcTime.Length];
        UtcTime.Write(committed.Timestamp, time);
        writer.WriteMapHeader(6);
        writer.WriteString("revision"u8);
        writer.WriteInteger(committed.Revision);
        writer.WriteString("clientId"u8);
        writer.WriteString(committed.ClientId);
        writer.WriteString("userId"u8);
        writer.WriteString(committed.UserId);
        writer.WriteString("operationId"u8);
        writer.WriteString(committed.OperationId);
        writer.WriteString("operation"u8);
        OperationFormat.Write(ref writer, committed.Operation);
        writer.WriteString("timestamp"u8);
        writer.WriteString(time);
    }

    private static bool TryReadOperations(ref MessagePackReader reader, out CommittedOperation[]? operations)
    {
        operations = null;
        reader.Read(out var array);
        if (array.Type != MessagePackType.Array)
            return false;

        var read = new CommittedOperation[array.Count];
        for (var i = 0; i < read.Length; i++)
        {
            if (!TryReadCommitted(ref reader, out var committed))
                return false;
            read[i] = committed;
        }

        operations = read;
        return true;
    }

    private static bool TryReadCommitted(ref MessagePackReader reader, [NotNullWhen(true)] out CommittedOperation? committed)
    {
        committed = null;
        string? clientId = null, userId = null, operationId = null;
        long? revision = null;
        TextOperation? operation = null;
        DateTimeOffset? timestamp = null;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            return false;
        for (var i = 0; i < map.Count; i++)
        {
            reader.Read(out var name);
            var isExpected = name.Type switch
            {
                _ when name.Is("revision"u8) => MemberFormat.TryReadInteger(ref reader, out revision),
                _ when name.Is("clientId"u8) => MemberFormat.TryReadText(ref reader, out clientId),
                _ when name.Is("userId"u8) => MemberFormat.TryReadText(ref reader, out userId),
                _ when name.Is("operationId"u8) => MemberFormat.TryReadText(ref reader, out operationId),
                _ when name.Is("operation"u8) => OperationFormat.TryRead(ref reader, out operation),
                _ when name.Is("timestamp"u8) => TryReadTime(ref reader, out timestamp),
                _ => MemberFormat.TryPass(name, ref reader),
            };
            if (!isExpected)
                return false;
        }

        if (revision is not { } made || timestamp is not { } at
            || clientId is null || userId is null || operationId is null || operation is null)
            return false;
        committed = new CommittedOperation
        {
            Revision = made, ClientId = clientId, UserId = userId, OperationId = operationId, Operation = operation, Timestamp = at,
        };
        return true;
    }

    private static bool TryReadTime(ref MessagePackReader reader, out DateTimeOffset? time)
    {
        reader.Read(out var token);
        time = token.Type == MessagePackType.String && UtcTime.TryRead(token.Bytes, out var read) ? read : null;
        return time is not null;
    }
}
