using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>A batch of one document: compared with the document's row, and appended where that matches.</summary>
internal sealed class PendingAppend(AppendBatch batch, CancellationToken cancellationToken)
    : PendingWrite<AppendOutcome>(cancellationToken)
{
    private readonly EncodedBatch _encoded = EncodedBatch.Encode(batch);

    public override int Bytes => _encoded.Bytes;

    public override void Execute(WriterConnection connection) =>
        Result = connection.Append(batch, _encoded) ? AppendOutcome.Appended : AppendOutcome.Conflict;

    public override void Release() => _encoded.Dispose();
}
