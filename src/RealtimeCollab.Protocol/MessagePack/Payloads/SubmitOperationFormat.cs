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
        writer.WriteMapHeader(4 + (request.Selection is null ? 0 : 1) + (request.Traceparent is null ? 0 : 1));
        writer.WriteString("documentId"u8);
        writer.WriteString(request.DocumentId);
        writer.WriteString("operationId"u8);
        writer.WriteString(request.OperationId);
        writer.WriteString("baseRevision"u8);
        writer.WriteInteger(request.BaseRevision);
        writer.WriteString("operation"u8);
        OperationFormat.Write(ref writer, request.Operation.GetOperation());
        if (request.Selection is not null)
        {
            writer.WriteString("selection"u8);
            SelectionFormat.Write(ref writer, request.Selection);
        }

        if (request.Traceparent is not null)
        {
            writer.WriteString("traceparent"u8);
            writer.WriteString(request.Traceparent);
        }
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
        request = MemberFormat.TryReadMap(ref reader, out RequestMembers read)
            && read is { DocumentId: not null, OperationId: not null, BaseRevision: { } baseRevision, Operation: not null }
            ? new SubmitOperationRequest
            {
                DocumentId = read.DocumentId,
                OperationId = read.OperationId,
                BaseRevision = baseRevision,
                Operation = read.Operation,
                Selection = read.Selection,
                Traceparent = read.Traceparent,
            }
            : null;
        return request is not null;
    }

    /// <summary>Reads a result whose members are of the types that they should be.</summary>
    public static bool TryRead(ref MessagePackReader reader, [NotNullWhen(true)] out SubmitOperationResult? result)
    {
        result = MemberFormat.TryReadMap(ref reader, out ResultMembers read)
            && read is { DocumentId: not null, OperationId: not null, Revision: { } revision }
            ? new SubmitOperationResult { DocumentId = read.DocumentId, OperationId = read.OperationId, Revision = revision }
            : null;
        return result is not null;
    }

    private static bool TryReadOperation(ref MessagePackReader reader, out WireOperation? operation)
    {
        var value = reader.Skip();
        // null is no operation but a missing one
        operation = value[0] == MessagePackCode.Nil ? null : OperationFormat.ReadAnyForm(value);
        return operation is not null;
    }

    private struct RequestMembers : IMembers
    {
        public string? DocumentId;
        public string? OperationId;
        public long? BaseRevision;
        public WireOperation? Operation;
        public Selection? Selection;
        public string? Traceparent;

        public bool TryRead(in MessagePackToken name, ref MessagePackReader reader) => name.Type switch
        {
            _ when name.Is("documentId"u8) => MemberFormat.TryReadText(ref reader, out DocumentId),
            _ when name.Is("operationId"u8) => MemberFormat.TryReadText(ref reader, out OperationId),
            _ when name.Is("baseRevision"u8) => MemberFormat.TryReadInteger(ref reader, out BaseRevision),
            _ when name.Is("operation"u8) => TryReadOperation(ref reader, out Operation),
            _ when name.Is("selection"u8) => SelectionFormat.TryRead(ref reader, out Selection),
            _ when name.Is("traceparent"u8) => MemberFormat.TryReadOptionalText(ref reader, out Traceparent),
            _ => MemberFormat.TryPass(name, ref reader),
        };
    }

    private struct ResultMembers : IMembers
    {
        public string? DocumentId;
        public string? OperationId;
        public long? Revision;

        public bool TryRead(in MessagePackToken name, ref MessagePackReader reader) => name.Type switch
        {
            _ when name.Is("documentId"u8) => MemberFormat.TryReadText(ref reader, out DocumentId),
            _ when name.Is("operationId"u8) => MemberFormat.TryReadText(ref reader, out OperationId),
            _ when name.Is("revision"u8) => MemberFormat.TryReadInteger(ref reader, out Revision),
            _ => MemberFormat.TryPass(name, ref reader),
        };
    }
}
