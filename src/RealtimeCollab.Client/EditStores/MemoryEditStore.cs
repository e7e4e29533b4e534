using System.Collections.Concurrent;

namespace RealtimeCollab.Client;

/// <summary>Keeps edits for as long as this object lives: for tests, and for documents that are closed and opened again offline.</summary>
public sealed class MemoryEditStore : IEditStore
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Journal> _open = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<IEditJournal> OpenAsync(string documentId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(documentId);
        var journal = new Journal(this, documentId);
        return _open.TryAdd(documentId, journal)
            ? ValueTask.FromResult<IEditJournal>(journal)
            : throw new IOException($"The edits of {documentId} are open already.");
    }

    private sealed class Journal(MemoryEditStore store, string documentId) : IEditJournal
    {
        public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(store._kept.GetValueOrDefault(documentId, []));

        public async ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default) =>
            store._kept[documentId] = [.. await ReadAsync(cancellationToken).ConfigureAwait(false), .. records.Select(Copy)];

        public ValueTask ReplaceAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken = default)
        {
            store._kept[documentId] = [Copy(record)];
            return ValueTask.CompletedTask;
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken = default)
        {
            store._kept.TryRemove(documentId, out _);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            store._open.TryRemove(KeyValuePair.Create(documentId, this));
            return ValueTask.CompletedTask;
        }

        private static ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> record) => record.ToArray();
    }
}
