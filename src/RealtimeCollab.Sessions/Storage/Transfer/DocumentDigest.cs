using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>
/// SHA-256 over all that a store keeps of a document. Written into it, in this order: the row, the deletion, the entries by revision,
/// the snapshots from the latest on, the versions, members and links as they are listed. Numbers are 8 bytes, little-endian; times are milliseconds since
/// 1970; texts and contents are preceded by their length in bytes, lists by their length or ended by -1.
/// </summary>
internal sealed class DocumentDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many entries were read.</summary>
    public long Operations { get; private set; }

    public async Task<byte[]> ComputeAsync(StorePorts ports, ArchivedDocument document, CancellationToken cancellationToken)
    {
        Add(document);
        if (document.DeletedAt is null)
        {
            var history = new StoredDocument(ports, document.Head);
            await foreach (var entries in history.ReadEntriesAsync(document.Head.Horizon, cancellationToken))
            {
                foreach (var entry in entries)
                    Add(entry);
                Operations += entries.Count;
            }

            Add(-1);
            await foreach (var snapshot in history.ReadSnapshotsAsync(cancellationToken))
                Add(snapshot);
            Add(-1);
            foreach (var version in await history.ReadVersionsAsync(cancellationToken))
                Add(version);
            Add(-1);
            await foreach (var members in history.ReadMembersAsync(cancellationToken))
            {
                foreach (var member in members)
                    Add(member);
            }

            Add(-1);
            foreach (var link in await history.ReadLinksAsync(cancellationToken))
                Add(link);
            Add(-1);
        }

        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Add(ArchivedDocument document)
    {
        var head = document.Head;
        Add(head.DocumentId);
        Add(head.Incarnation);
        Add(head.Revision);
        Add(head.StartRevision);
        Add(head.Horizon);
        Add(head.MembershipVersion);
        Add(head.Title is null ? -1 : 1);
        Add(head.Title ?? string.Empty);
        Add((long)head.ContentType);
        Add(head.CreatedBy);
        Add(head.CreatedAt);
        Add(head.UpdatedAt);
        Add(document.DeletedAt?.ToUnixTimeMilliseconds() ?? -1);
    }

    private void Add(LogEntry entry)
    {
        Add(entry.Revision);
        Add(entry.ClientId);
        Add(entry.UserId);
        Add(entry.OperationId);
        Add(entry.Timestamp);
        Add(entry.Operation.ToUtf8Json());
    }

    private void Add(StoredSnapshot snapshot)
    {
        Add(snapshot.Revision);
        Add(snapshot.CreatedAt);
        Add(snapshot.Content.Span);
    }

    private void Add(NamedVersion version)
    {
        Add(version.VersionId);
        Add(version.Revision);
        Add(version.Name);
        Add(version.CreatedBy);
        Add(version.CreatedAt);
    }

    private void Add(DocumentMember member)
    {
        Add(member.UserId);
        Add((long)member.Role);
    }

    private void Add(ShareLink link)
    {
        Add(link.LinkId);
        Add(link.TokenHash);
        Add((long)link.Role);
        Add(link.CreatedBy);
        Add(link.CreatedAt);
        Add(link.ExpiresAt);
    }

    private void Add(DateTimeOffset time) => Add(time.ToUnixTimeMilliseconds());

    private void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
