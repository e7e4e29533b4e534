using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Memory;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation;

/// <summary>
/// The memory store as a server far away: calls take time and fail, also after the fact; appends of all documents and nodes that
/// come together are one transaction, in which each document clashes or commits for itself. Outlives every node.
/// </summary>
internal sealed class SimulatedStore(World world) : IOperationLog, ISnapshotStore
{
    private readonly MemoryStore _store = new();
    private readonly VirtualProcess _process = world.NewProcess("store");
    private List<WaitingAppend> _transaction = [];
    private DateTimeOffset _downUntil;

    /// <summary>Appends that were reported as failed and will take place all the same.</summary>
    public int Late { get; private set; }

    private bool IsDown => world.Faults.AreOn && world.Scheduler.Clock.GetUtcNow() < _downUntil;

    public void GoDown(TimeSpan time) => _downUntil = world.Scheduler.Clock.GetUtcNow() + time;

    public ValueTask WaitToAppendAsync(CancellationToken cancellationToken) => new(Task.Delay(world.Latency(6), _process.Time, cancellationToken));

    public ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        world.Scheduler.IsOnThread("an append");
        var append = new WaitingAppend(batch);
        _transaction.Add(append);
        if (_transaction.Count == 1)
            _process.After(world.Latency(12), () => _process.Start(CommitAsync));
        return new ValueTask<AppendOutcome>(append.Outcome.Task);
    }

    public ValueTask<DocumentHead> CreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        ServeAsync(
            async () =>
            {
                var head = await _store.CreateAsync(document, first, cancellationToken);
                if (first is not null && head.Incarnation == document.Incarnation)
                    world.LedgerOf(document.DocumentId).Add(document.ToEntry(first, 1));
                return head;
            },
            world.Faults.ReadFails);

    public ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken) =>
        ServeAsync(() => _store.FindAsync(documentId, cancellationToken), world.Faults.ReadFails);

    public ValueTask<IReadOnlyList<DocumentHead>> FindAllAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        ServeAsync(() => _store.FindAllAsync(documentIds, cancellationToken), world.Faults.ReadFails);

    public ValueTask<bool> IsDeletedAsync(string documentId, CancellationToken cancellationToken) =>
        ServeAsync(() => _store.IsDeletedAsync(documentId, cancellationToken), world.Faults.ReadFails);

    public ValueTask<bool> DeleteAsync(string documentId, string incarnation, string? deletedBy, DateTimeOffset deletedAt, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No document is deleted in a simulation.");

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(string documentId, long afterRevision, int limit, CancellationToken cancellationToken) =>
        ServeAsync(() => _store.ReadAsync(documentId, afterRevision, limit, cancellationToken), world.Faults.ReadFails);

    public ValueTask<StoredSnapshot?> FindAsync(string documentId, string incarnation, long atOrBelow, CancellationToken cancellationToken) =>
        ServeAsync(() => _store.FindAsync(documentId, incarnation, atOrBelow, cancellationToken), world.Faults.ReadFails);

    public async ValueTask SaveAsync(StoredSnapshot snapshot, CancellationToken cancellationToken) =>
        await ServeAsync(
            async () =>
            {
                var held = Document.ParseContent(snapshot.Content.Span);
                world.Scheduler.Require(
                    Content.AreEqual(held, world.LedgerOf(snapshot.DocumentId).ContentAt(snapshot.Revision)),
                    $"P3: the snapshot of {snapshot.DocumentId} at {snapshot.Revision} is not what the log leads to");
                await _store.SaveAsync(snapshot, cancellationToken);
                return true;
            },
            world.Faults.SnapshotFails);

    public ValueTask<long> CompactAsync(string documentId, string incarnation, long horizon, CancellationToken cancellationToken) =>
        ServeAsync(
            async () =>
            {
                var before = await _store.FindAsync(documentId, cancellationToken);
                var left = await _store.CompactAsync(documentId, incarnation, horizon, cancellationToken);
                world.Trace.Add("store", "compacted to", left);
                if (left > before?.Horizon)
                    world.Tally.Count("compaction");
                return left;
            },
            world.Faults.SnapshotFails);

    /// <summary>Compares the store with what was committed.</summary>
    public async Task CheckAsync(Ledger ledger)
    {
        if (await _store.FindAsync(ledger.DocumentId, CancellationToken.None) is not { } head)
            return;
        world.Scheduler.Require(head.Revision == ledger.Head, $"P1: the store is at {head.Revision} of {ledger.DocumentId}; {ledger.Head} were committed");
        var snapshot = await _store.FindAsync(ledger.DocumentId, head.Incarnation, head.Revision, CancellationToken.None);
        world.Scheduler.Require(
            head.Horizon == 0 || snapshot?.Revision >= head.Horizon, $"P1: {ledger.DocumentId} was compacted up to {head.Horizon} without a snapshot");
        foreach (var entry in await _store.ReadAsync(ledger.DocumentId, head.Horizon, int.MaxValue, CancellationToken.None))
            world.Scheduler.Require(entry == ledger[entry.Revision], $"P1: revision {entry.Revision} of {ledger.DocumentId} is not what was committed");
    }

    /// <summary>One transaction.</summary>
    private async Task CommitAsync()
    {
        var appends = _transaction;
        _transaction = [];
        world.Trace.Add("store", "transaction of", appends.Count);
        if (IsDown || world.Faults.Strikes(world.Faults.AppendFailsBefore))
        {
            Fail(appends);
        }
        else if (world.Faults.Strikes(world.Faults.AppendLandsLate))
        {
            Late++;
            world.Tally.Count("append that lands late");
            Fail(appends);
            _process.After(world.Latency(8_000), () => _process.Start(async () =>
            {
                Late--;
                await ApplyAsync(appends);
            }));
        }
        else
        {
            var fails = world.Faults.Strikes(world.Faults.AppendFailsAfter);
            var outcomes = await ApplyAsync(appends);
            if (fails)
            {
                world.Tally.Count("append that fails afterwards");
                Fail(appends);
            }

            for (var i = 0; i < appends.Count; i++)
            {
                var (append, outcome) = (appends[i], outcomes[i]);
                _process.After(world.Latency(6), () => append.Outcome.TrySetResult(outcome));
            }
        }
    }

    private async Task<AppendOutcome[]> ApplyAsync(List<WaitingAppend> appends)
    {
        var outcomes = new AppendOutcome[appends.Count];
        for (var i = 0; i < appends.Count; i++)
        {
            var batch = appends[i].Batch;
            outcomes[i] = await _store.AppendAsync(batch, CancellationToken.None);
            world.Trace.Add("store", outcomes[i] == AppendOutcome.Appended ? "appended" : "clash", batch.ExpectedRevision);
            world.Tally.Count(outcomes[i] == AppendOutcome.Appended ? "batch appended" : "batch that clashed");
            if (outcomes[i] != AppendOutcome.Appended)
                continue;
            foreach (var entry in batch.Entries)
                world.LedgerOf(batch.DocumentId).Add(entry);
        }

        if (outcomes.Distinct().Count() > 1)
            world.Tally.Count("transaction in which some clash");
        return outcomes;
    }

    private static void Fail(List<WaitingAppend> appends)
    {
        foreach (var append in appends)
            append.Outcome.TrySetException(CollabException.StoreUnavailable(null));
    }

    /// <summary>Anything but an append: takes place between the way there and the way back, and may fail on either.</summary>
    private async ValueTask<T> ServeAsync<T>(Func<ValueTask<T>> call, int failures)
    {
        world.Scheduler.IsOnThread("a call of the store");
        await Task.Delay(world.Latency(8), _process.Time);
        ThrowIfFailing(failures);
        var result = await call();
        await Task.Delay(world.Latency(8), _process.Time);
        ThrowIfFailing(failures / 2);
        return result;
    }

    private void ThrowIfFailing(int failures)
    {
        if (IsDown || world.Faults.Strikes(failures))
            throw CollabException.StoreUnavailable(null);
    }

    private sealed class WaitingAppend(AppendBatch batch)
    {
        public AppendBatch Batch { get; } = batch;

        public TaskCompletionSource<AppendOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
