using System.Buffers;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.MessagePack.Messages;
using RealtimeCollab.Protocol.MessagePack.Payloads;
using RealtimeCollab.Protocol.MessagePack.Primitives;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>
/// A notice in MessagePack: <c>[nodeId, incarnation, revision, OperationBatch or nil]</c>, the batch as clients get it. Items may follow in later
/// versions.
/// </summary>
internal static class CommitNoticeFormat
{
    private const int Items = 4;

    /// <summary>What is larger is not told but read from the store by those who need it, in bytes.</summary>
    private const int MaxBytes = 256 * 1024;

    public static ReadOnlyMemory<byte> Write(string nodeId, CommitNotice notice)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(Items);
        writer.WriteString(nodeId);
        writer.WriteString(notice.Incarnation);
        writer.WriteInteger(notice.Revision);
        if (notice.Entries.Sum(static entry => (long)OperationSize.Estimate(entry.Operation)) > MaxBytes)
            writer.WriteNil();
        else
            OperationBatchFormat.Write(ref writer, notice.Entries.ToBatch(notice.DocumentId, notice.Revision - notice.Entries.Count));
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <exception cref="InvalidDataException">It is no notice.</exception>
    public static CommitNotice Read(string documentId, ReadOnlySpan<byte> bytes, out string nodeId)
    {
        try
        {
            MessagePackStructure.Check(bytes);
        }
        catch (MessagePackException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }

        var reader = new MessagePackReader(bytes);
        HubFields.Require(HubFields.ReadArray(ref reader, "notice"), Items, "notice");
        nodeId = HubFields.ReadText(ref reader, "nodeId");
        var incarnation = HubFields.ReadText(ref reader, "incarnation");
        var revision = HubFields.ReadInteger(ref reader, "revision");
        // nil, and what a later version may put here, is read from the store
        var entries = OperationBatchFormat.TryRead(ref reader, out var batch) ? batch.Operations.Select(ToEntry).ToArray() : [];
        return new CommitNotice(documentId, incarnation, revision, entries);
    }

    private static LogEntry ToEntry(CommittedOperation committed) => new()
    {
        Revision = committed.Revision,
        ClientId = committed.ClientId,
        UserId = committed.UserId,
        OperationId = committed.OperationId,
        Operation = committed.Operation,
        Timestamp = committed.Timestamp,
        Traceparent = committed.Traceparent,
    };
}
