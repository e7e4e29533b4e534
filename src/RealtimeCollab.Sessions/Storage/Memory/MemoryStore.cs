using System.Runtime.InteropServices;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>
/// All ports of storage in memory: for tests, demonstrations and documents that may be forgotten when the process ends.
/// Thread-safe. A call that was cancelled before it began changes nothing.
/// </summary>
/// <param name="webhooks">Who is told of what happens; absent: nobody.</param>
public sealed class MemoryStore(WebhookSubscriptions? webhooks = null) : IOperationLog, ISnapshotStore, IVersionStore, IStoreArchive, IDocumentCatalog, IPersonalDataStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MemoryDocument> _documents = new(StringComparer.Ordinal);

    /// <summary>Who is told of what happens.</summary>
    internal WebhookSubscriptions Subscriptions { get; } = webhooks ?? WebhookSubscriptions.None;

    /// <summary>What they are still to be told.</summary>
    internal MemoryWebhooks Webhooks { get; } = new();

    /// <inheritdoc/>
    public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
        Locked(() => Find(documentId)?.Head, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
        Locked(() => _documents.GetValueOrDefault(documentId) is { DeletedAt: not null }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(
        IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<DocumentHead>>(
            () => [.. documentIds.Distinct(StringComparer.Ordinal).Select(Find).OfType<MemoryDocument>().Select(found => found.Head)],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken) =>
        Locked(() => _documents.Values.Sum(document => document.Erase(userId, pseudonym)) + Webhooks.Erase(userId, pseudonym), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        Locked(() => Create(document, first), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(
        string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        Locked(() => Delete(documentId, incarnation, deletedBy, deletedAt), cancellationToken);

    /// <inheritdoc/>
    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        batch.ThrowIfInvalid();
        return Locked(() => Append(batch), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        string documentId, long afterRevision, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Locked<IReadOnlyList<LogEntry>>(() => Read(documentId, afterRevision, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoredSnapshot?> FindAsync(
        string documentId, string incarnation, long atOrBelow, CancellationToken cancellationToken) =>
        Locked(
            () => Find(documentId, incarnation)?.Snapshots.Values.LastOrDefault(snapshot => snapshot.Revision <= atOrBelow),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveAsync(StoredSnapshot snapshot, CancellationToken cancellationToken) =>
        await Locked(
            () => Find(snapshot.DocumentId, snapshot.Incarnation)?.Snapshots.TryAdd(snapshot.Revision, Copy(snapshot)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CompactAsync(
        string documentId, string incarnation, long horizon, CancellationToken cancellationToken) =>
        Locked(() => Compact(documentId, incarnation, horizon), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddAsync(NamedVersion version, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        version.ThrowIfNotOf(snapshot);
        await Locked(() => Add(version, snapshot), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NamedVersion>> ListAsync(
        string documentId, string incarnation, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<NamedVersion>>(
            () => Find(documentId, incarnation) is { } found
                ? [.. found.Versions.OrderByDescending(version => version.Revision).ThenBy(version => version.VersionId, StringComparer.Ordinal)]
                : [],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ArchivedDocument>> ListAsync(
        string afterDocumentId, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ArchivedDocument>>(
            () =>
            [
                .. _documents.Values
                    .Where(document => string.CompareOrdinal(document.Head.DocumentId, afterDocumentId) > 0)
                    .Take(limit)
                    .Select(document => new ArchivedDocument(document.Head, document.DeletedAt)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ArchivedDocument> ImportAsync(ArchivedDocument document, CancellationToken cancellationToken) =>
        Locked(() => Import(document), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetTitleAsync(string documentId, string incarnation, string? title, CancellationToken cancellationToken) =>
        Locked(() => SetTitle(documentId, incarnation, title), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DocumentHead>> ListAsync(
        string afterDocumentId, int limit, string? memberId, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Locked<IReadOnlyList<DocumentHead>>(
            () =>
            [
                .. _documents.Values
                    .Where(document => document.DeletedAt is null && string.CompareOrdinal(document.Head.DocumentId, afterDocumentId) > 0)
                    .Where(document => memberId is null || document.FindRole(memberId) > MemberRole.None)
                    .Take(limit)
                    .Select(document => document.Head),
            ],
            cancellationToken);
    }

    /// <summary>Whether there is a document with this incarnation.</summary>
    internal bool Holds(string documentId, string incarnation)
    {
        lock (_lock)
            return Find(documentId, incarnation) is not null;
    }

    /// <summary>Works on a document, or on null if there is no such incarnation of it.</summary>
    internal ValueTask<T> WithAsync<T>(
        string documentId, string incarnation, Func<MemoryDocument?, T> work, CancellationToken cancellationToken) =>
        Locked(() => work(Find(documentId, incarnation)), cancellationToken);

    /// <summary>Works on all documents and tombstones.</summary>
    internal ValueTask<T> WithAllAsync<T>(Func<IEnumerable<MemoryDocument>, T> work, CancellationToken cancellationToken) =>
        Locked(() => work(_documents.Values), cancellationToken);

    private DocumentHead Create(NewDocument document, NewEntry? first)
    {
        var there = _documents.GetValueOrDefault(document.DocumentId);
        if (there is { DeletedAt: null })
            return there.Head;

        var start = there?.Head.Revision ?? 0;
        var created = new MemoryDocument(document.ToHead(start) with { MembershipVersion = there?.Head.MembershipVersion ?? 0 });
        created.Members.Add(document.CreatedBy, MemberRole.Owner);
        if (first is not null)
            created.Append(document.ToEntry(first, start + 1));
        _documents[document.DocumentId] = created;
        Webhooks.Add(Subscriptions.OfCreation(document, created.Head.Revision));
        return created.Head;
    }

    private bool Delete(string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt)
    {
        if (Find(documentId, incarnation) is not { } found)
            return false;

        var revision = found.Head.Revision + 1;
        found.Clear();
        found.Head = found.Head with { Revision = revision, Horizon = revision, Title = null };
        (found.DeletedAt, found.ChangedSince) = (deletedAt, null);
        Webhooks.Add(Subscriptions.OfDeletion(documentId, revision, deletedBy, deletedAt));
        return true;
    }

    private bool SetTitle(string documentId, string incarnation, string? title)
    {
        if (Find(documentId, incarnation) is not { } found)
            return false;
        found.Head = found.Head with { Title = title };
        return true;
    }

    private AppendOutcome Append(AppendBatch batch)
    {
        if (Find(batch.DocumentId, batch.Incarnation) is not { } found || found.Head.Revision != batch.ExpectedRevision)
            return AppendOutcome.Conflict;
        if (batch.MembershipVersion is { } expected && found.Head.MembershipVersion != expected)
            return AppendOutcome.Conflict;

        foreach (var entry in batch.Entries)
            found.Append(entry);
        if (Subscriptions.Has(WebhookEventType.DocumentChanged))
            found.ChangedSince ??= found.Head.UpdatedAt;
        Webhooks.Add(Subscriptions.OfRestorations(batch));
        return AppendOutcome.Appended;
    }

    private LogEntry[] Read(string documentId, long afterRevision, int limit)
    {
        if (Find(documentId) is not { } found)
            return [];
        if (afterRevision < found.Head.Horizon)
            throw CollabException.RevisionTooOld(afterRevision, found.Head.Horizon);

        var index = Math.Min(afterRevision - found.Head.Horizon, found.Entries.Count);
        return CollectionsMarshal.AsSpan(found.Entries)[(int)index..][..(int)Math.Min(limit, found.Entries.Count - index)].ToArray();
    }

    private long Compact(string documentId, string incarnation, long horizon)
    {
        if (Find(documentId, incarnation) is not { } found)
            return 0;

        var supported = found.Snapshots.Keys.Any(revision => revision >= horizon && revision <= found.Head.Revision);
        if (supported && horizon > found.Head.Horizon)
            found.Compact(horizon);
        return found.Head.Horizon;
    }

    private bool Add(NamedVersion version, StoredSnapshot snapshot)
    {
        var found = Find(version.DocumentId, version.Incarnation) ?? throw CollabException.DocumentNotFound(version.DocumentId);
        if (found.Versions.Exists(there => string.Equals(there.VersionId, version.VersionId, StringComparison.Ordinal)))
            return false;

        found.Versions.Add(version);
        found.Snapshots.TryAdd(snapshot.Revision, Copy(snapshot));
        return true;
    }

    private ArchivedDocument Import(ArchivedDocument document)
    {
        if (!_documents.TryGetValue(document.Head.DocumentId, out var there))
        {
            there = new MemoryDocument(document.RowToImport) { DeletedAt = document.DeletedAt };
            _documents.Add(document.Head.DocumentId, there);
        }

        return new ArchivedDocument(there.Head, there.DeletedAt);
    }

    /// <summary>The caller may use its buffer again.</summary>
    private static StoredSnapshot Copy(StoredSnapshot snapshot) => snapshot with { Content = snapshot.Content.ToArray() };

    private MemoryDocument? Find(string documentId) =>
        _documents.GetValueOrDefault(documentId) is { DeletedAt: null } found ? found : null;

    private MemoryDocument? Find(string documentId, string incarnation) =>
        _documents.GetValueOrDefault(documentId) is { } found && found.Is(incarnation) ? found : null;

    private ValueTask<T> Locked<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);

        lock (_lock)
        {
            try
            {
                return ValueTask.FromResult(work());
            }
            catch (CollabException refusal)
            {
                return ValueTask.FromException<T>(refusal);
            }
        }
    }
}
