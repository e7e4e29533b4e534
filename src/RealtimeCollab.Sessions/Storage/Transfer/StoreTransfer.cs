using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>
/// Copies all documents of a store to another one, with full history, snapshots, versions, members, links and tombstones, its chat,
/// and what applications are still to be told; then reads both again and compares their digests. Neither store may be in use meanwhile. The target may hold other documents. A transfer that was cut short
/// goes on where it was when it is run again.
/// </summary>
/// <param name="source">Only read.</param>
/// <param name="target">Written through the same ports as by a server.</param>
public sealed class StoreTransfer(StorePorts source, StorePorts target)
{
    private const int DocumentsPerPage = 256;

    private readonly ChatTransfer _chat = new(source.Chat, target.Chat);
    private readonly WebhookTransfer _webhooks = new(source.Webhooks, target.Webhooks);

    /// <summary>Copies and verifies.</summary>
    /// <param name="progress">Told after every document and every few hundred operations, on the thread that copies.</param>
    /// <param name="cancellationToken">Ends it between two steps; what was copied stays.</param>
    /// <exception cref="StoreTransferException">The target holds another document with the id of one of these, a store is in use, or
    /// the stores differ after the copy.</exception>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>: a store does not answer.</exception>
    public async Task<TransferReport> RunAsync(IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        await CopyAllAsync(progress, cancellationToken);
        await _chat.CopyAsync(cancellationToken);
        await _webhooks.CopyAsync(cancellationToken);
        var report = await VerifyAllAsync(progress, cancellationToken);
        await _webhooks.VerifyAsync(cancellationToken);
        return report;
    }

    private async Task CopyAllAsync(IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var state = new TransferProgress(TransferPhase.Copying, Documents: 0, Operations: 0);
        await foreach (var document in ListAsync(cancellationToken))
        {
            var there = await target.Archive.ImportAsync(document, cancellationToken);
            if (there.Head.Incarnation != document.Head.Incarnation || there.DeletedAt != document.DeletedAt)
                throw StoreTransferException.OtherHistory(document.Head.DocumentId);

            if (document.DeletedAt is null)
            {
                var history = new StoredDocument(source, document.Head);
                await foreach (var entries in history.ReadEntriesAsync(there.Head.Revision, cancellationToken))
                {
                    await AppendAsync(document.Head, entries, cancellationToken);
                    progress?.Report(state = state with { Operations = state.Operations + entries.Count });
                }

                await CopySnapshotsAsync(history, cancellationToken);
                await CopyVersionsAsync(history, cancellationToken);
                await CopyAccessAsync(document.Head, history, cancellationToken);
            }

            progress?.Report(state = state with { Documents = state.Documents + 1 });
        }
    }

    private async ValueTask AppendAsync(DocumentHead head, IReadOnlyList<LogEntry> entries, CancellationToken cancellationToken)
    {
        var batch = new AppendBatch(head.DocumentId, head.Incarnation, entries[0].Revision - 1, entries);
        if (await target.Log.AppendAsync(batch, cancellationToken) != AppendOutcome.Appended)
            throw StoreTransferException.InUse(head.DocumentId);
    }

    private async Task CopySnapshotsAsync(StoredDocument history, CancellationToken cancellationToken)
    {
        await foreach (var snapshot in history.ReadSnapshotsAsync(cancellationToken))
            await target.Snapshots.SaveAsync(snapshot, cancellationToken);
    }

    private async Task CopyVersionsAsync(StoredDocument history, CancellationToken cancellationToken)
    {
        foreach (var version in await history.ReadVersionsAsync(cancellationToken))
        {
            // a version's snapshot is kept as long as the version
            var snapshot = await history.FindSnapshotAsync(version.Revision, cancellationToken);
            if (snapshot?.Revision != version.Revision)
                throw StoreTransferException.InUse(version.DocumentId);
            await target.Versions.AddAsync(version, snapshot, cancellationToken);
        }
    }

    private async Task CopyAccessAsync(DocumentHead head, StoredDocument history, CancellationToken cancellationToken)
    {
        await foreach (var members in history.ReadMembersAsync(cancellationToken))
            await target.Members.ImportAsync(head.DocumentId, head.Incarnation, members, cancellationToken);
        foreach (var link in await history.ReadLinksAsync(cancellationToken))
            await target.Links.AddAsync(link, cancellationToken);
    }

    private async Task<TransferReport> VerifyAllAsync(IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var digest = new DocumentDigest();
        using var copyDigest = new DocumentDigest();
        var (documents, tombstones) = (0, 0);
        await foreach (var document in ListAsync(cancellationToken))
        {
            // what is there is there already, so this only reads
            var copy = await target.Archive.ImportAsync(document, cancellationToken);
            var hash = await digest.ComputeAsync(source, document, cancellationToken);
            var copyHash = await copyDigest.ComputeAsync(target, copy, cancellationToken);
            if (!hash.AsSpan().SequenceEqual(copyHash))
                throw StoreTransferException.NotEqual(document.Head.DocumentId);

            all.AppendData(hash);
            (documents, tombstones) = document.DeletedAt is null ? (documents + 1, tombstones) : (documents, tombstones + 1);
            progress?.Report(new TransferProgress(TransferPhase.Verifying, documents + tombstones, digest.Operations));
        }

        var (rooms, messages) = await _chat.VerifyAsync(all, cancellationToken);
        return new TransferReport(documents, tombstones, digest.Operations, rooms, messages, Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    private async IAsyncEnumerable<ArchivedDocument> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = string.Empty;
        while (await source.Archive.ListAsync(after, DocumentsPerPage, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var document in page)
                yield return document;
            after = page[^1].Head.DocumentId;
        }
    }
}
