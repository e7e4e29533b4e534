using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.MessagePack.Payloads;

/// <summary>The argument and the result of SubmitOperation, the most frequent call.</summary>
internal static class SubmitOperationFormat
{
    public static void Write(ref MessagePackWriter writer, SubmitOperationRequest request)
    {
        writer.WriteMapHeader(request.Selection is null ? 4 : 5);
        writer.WriteString("documentId"u8);
        writer.WriteString(request.DocumentId);
        writer.WriteString("operationId"u8);
        writer.WriteString(request.OperationId);
        writer.WriteString("baseRevision"u8);
        writer.WriteInteger(request.BaseRevision);
        writer.WriteString("operation"u8);
        OperationFormat.Write(ref writer, request.Operation.GetOperation());
        if (request.Selection is null)
            return;
        writer.WriteString("selection"u8);
        SelectionFormat.Write(ref writer, request.Selection);
    }

    public static void Write(ref MessagePackWriter writer, SubmitOperationResult result)
    {
        writer.WriteMapHeader(3);
        writer.WriteString("documentId"u8);
        writer.WriteString(result.DocumentId);
        writer.WriteString("operationId"u8);
        writer.WriteString(result.OperationId);
        writer.WriteString("revision"u8);
        writer.WriteInteger(result.Revision);
    }

    /// <summary>Reads an argument whose members are of the types that they should be; the operation may be of any kind.</summary>
    public static bool TryRead(ref MessagePackReader reader, [NotNullWhen(true)] out SubmitOperationRequest? request)
    {
        request = null;
        string? documentId = null, operationId = null;
        long? baseRevision = null;
        WireOperation? operation = null;
        Selection? selection = null;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            return false;
        for (var i = 0; i < map.Count; i++)
        {
            reader.Read(out var name);
            var isExpected = name.Type switch
            {
                _ when name.Is("documentId"u8) => MemberFormat.TryReadText(ref reader, out documentId),
                _ when name.Is("operationId"u8) => MemberFormat.TryReadText(ref reader, out operationId),
                _ when name.Is("baseRevision"u8) => MemberFormat.TryReadInteger(ref reader, out baseRevision),
                _ when name.Is("operation"u8) => TryReadOperation(ref reader, out operation),
                _ when name.Is("selection"u8) => SelectionFormat.TryRead(ref reader, out selection),
                _ => MemberFormat.TryPass(name, ref reader),
            };
            if (!isExpected)
                return false;
        }

        if (documentId is null || operationId is null || baseRevision is not { } revision || operation is null)
            return false;
        request = new SubmitOperationRequest
        {
            DocumentId = documentId,
            OperationId = operationId,
            BaseRevision = revision,
            Operation = operation,
            Selection = selection,
        };
        return true;
    }

    /// <summary>Reads a result whose members are of the types that they should be.</summary>
    public static bool TryRead(ref MessagePackReader reader, [NotNullWhen(true)] out SubmitOperationResult? result)
    {
        result = null;
        string? documentId = null, operationId = null;
        long? revision = null;
        reader.Read(out var map);
        if (map.Type != MessagePackType.Map)
            return false;
        for (var i = 0; i < map.Count; i++)
        {
            reader.Read(out var name);
            var isExpected = name.Type switch
            {
                _ when name.Is("documentId"u8) => MemberFormat.TryReadText(ref reader, out documentId),
                _ when name.Is("operationId"u8) => MemberFormat.TryReadText(ref reader, out operationId),
                _ when name.Is("revision"u8) => MemberFormat.TryReadInteger(ref reader, out revision),
                _ => MemberFormat.TryPass(name, ref reader),
            };
            if (!isExpected)
                return false;
        }

        if (documentId is null || operationId is null || revision is not { } made)
            return false;
        result = new SubmitOperationResult { DocumentId = documentId, OperationId = operationId, Revision = made };
        return true;
    }

    private static bool TryReadOperation(ref MessagePackReader reader, out WireOperation? operation)
    {
        var value = reader.Skip();
        // null is no operation but a missing one
        operation = value[0] == MessagePackCode.Nil ? null : OperationFormat.ReadAnyForm(value);
        return operation is not null;
    }
}
