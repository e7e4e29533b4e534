using System.Runtime.CompilerServices;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>Reads all of one document from a store.</summary>
internal sealed class StoredDocument(StorePorts ports, DocumentHead head)
{
    // large enough to be quick, small enough for operations of the largest size
    private const int Window = 256;

    /// <summary>The entries after a revision, in the windows in which they were read.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogEntry>> ReadEntriesAsync(
        long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ports.Log.ReadAsync(head.DocumentId, after, Window, cancellationToken) is { Count: > 0 } entries)
        {
            yield return entries;
            after = entries[^1].Revision;
        }
    }

    /// <summary>The snapshots, the latest first.</summary>
    public async IAsyncEnumerable<StoredSnapshot> ReadSnapshotsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var atOrBelow = head.Revision;
        while (await FindSnapshotAsync(atOrBelow, cancellationToken) is { } snapshot)
        {
            yield return snapshot;
            atOrBelow = snapshot.Revision - 1;
        }
    }

    public ValueTask<StoredSnapshot?> FindSnapshotAsync(long atOrBelow, CancellationToken cancellationToken) =>
        ports.Snapshots.FindAsync(head.DocumentId, head.Incarnation, atOrBelow, cancellationToken);

    /// <summary>The members, in the windows in which they were read.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DocumentMember>> ReadMembersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = string.Empty;
        while (await ports.Members.ListAsync(head.DocumentId, head.Incarnation, after, Window, cancellationToken) is { Count: > 0 } members)
        {
            yield return members;
            after = members[^1].UserId;
        }
    }

    public ValueTask<IReadOnlyList<ShareLink>> ReadLinksAsync(CancellationToken cancellationToken) =>
        ports.Links.ListAsync(head.DocumentId, head.Incarnation, cancellationToken);

    public ValueTask<IReadOnlyList<NamedVersion>> ReadVersionsAsync(CancellationToken cancellationToken) =>
        ports.Versions.ListAsync(head.DocumentId, head.Incarnation, cancellationToken);
}
