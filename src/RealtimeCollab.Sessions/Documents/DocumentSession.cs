using System.Threading.Channels;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.Leases;
using RealtimeCollab.Sessions.Rooms;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>
/// An open document: its content in memory, its members, and the mailbox through which every operation of this node goes. One turn
/// runs at a time and takes all that is waiting, so that load makes batches bigger and not queues longer.
/// </summary>
public sealed class DocumentSession : ISession
{
    /// <summary>More entries than this are not read from the log to spare a snapshot, which is in memory.</summary>
    private const int WorthReading = 100;

    /// <summary>About what an entry takes beside its text; a snapshot that is not much shorter gains nothing.</summary>
    private const int EntryOverhead = 200;

    private readonly SessionServices _services;
    private readonly CommittedDocument _committed;
    private readonly CommitTurn _turn;
    private readonly Outbox _outbox;
    private readonly SnapshotKeeper _snapshots;
    private readonly ChecksumCache _checksums;
    private readonly HeardNodes _heard;
    // decision 0005: a turn begins behind the work that is already there, so its reader does not run on the thread that writes
    private readonly Channel<MailboxItem> _mailbox = Channel.CreateUnbounded<MailboxItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly WaitingSubmissions _waiting;
    private readonly Task _turns;

    internal DocumentSession(DocumentHead head, CommittedDocument committed, long storedRevision, SessionServices services, HeardNodes heard)
    {
        Head = head;
        SessionId = Guid.NewGuid().ToString("N");
        _services = services;
        (_committed, _heard) = (committed, heard);
        _waiting = new WaitingSubmissions(services);
        _outbox = new Outbox(head.DocumentId, services.Options.OutboxCapacity, services.Logger, services.Metrics, services.Stopping);
        _snapshots = new SnapshotKeeper(head, storedRevision, services);
        _checksums = new ChecksumCache(services);
        var catchUp = new CatchUp(head, committed, services, Enqueue);
        var stager = new BatchStager(head, committed, services);
        _turn = new CommitTurn(head, committed, stager, services, catchUp.Start);
        Room = new DocumentRoom(this, committed, _outbox, services, heard);
        _turns = RunTurnsAsync();
        // a session that closes looks no more
        heard.Commits.Start(head.Incarnation, () => _mailbox.Writer.TryWrite(new MailboxItem(Submission: null, CatchUp: null)));
    }

    /// <summary>The document's id.</summary>
    public string DocumentId => Head.DocumentId;

    /// <summary>Random; another one after the document left memory.</summary>
    public string SessionId { get; }

    /// <summary>The document's row as it was when the session opened.</summary>
    public DocumentHead Head { get; }

    /// <summary>The content at the head, as far as this node knows.</summary>
    public SessionState State => _committed.State;

    /// <summary>Who is here.</summary>
    public DocumentRoom Room { get; }

    /// <summary>The document is gone from the store: what comes late is refused for that, and not because the node stops.</summary>
    internal bool IsDeleted { get; set; }

    /// <summary>Operations are waiting or under way, or messages are still to be sent.</summary>
    bool ISession.IsBusy => _waiting.Count > 0 || _outbox.IsBusy;

    /// <summary>
    /// Puts an operation into the mailbox before it returns. The result is the revision with which it is committed, on disk; for
    /// an operation that was sent before, the revision of the first time.
    /// </summary>
    /// <exception cref="CollabException">The refusal; nothing has changed then, but for <see cref="CollabError.StoreUnavailable"/>
    /// and <see cref="CollabError.ServerDraining"/>, whose outcome is unknown.</exception>
    public Task<long> SubmitAsync(Submission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (submission.BaseRevision < 0)
            throw CollabException.InvalidRequest("baseRevision must not be negative.");
        var pending = _waiting.Add(submission);
        pending.SelectionOrder = Room.NextSelectionOrder();
        Enqueue(pending);
        return pending.Committed;
    }

    /// <summary>
    /// Reads on in the log until the session has a revision that somebody knows already: another node committed it, and word of
    /// that came by another way.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.RevisionAhead"/>: the log does not hold it either;
    /// <see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/>.</exception>
    public Task CatchUpAsync(long revision)
    {
        if (revision <= State.Revision)
            return Task.CompletedTask;
        var pending = new PendingCatchUp(revision);
        if (!_mailbox.Writer.TryWrite(new MailboxItem(Submission: null, pending)))
            pending.Refuse(Closed());
        return pending.Done;
    }

    /// <summary>Committed operations after a revision, in order and without gaps, at most <paramref name="limit"/>.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.RevisionAhead"/> or <see cref="CollabError.RevisionTooOld"/>.</exception>
    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(long afterRevision, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        if (afterRevision < 0)
            throw CollabException.InvalidRequest("fromRevision must not be negative.");
        await CatchUpAsync(afterRevision);
        return _committed.Recent.TryRead(afterRevision, limit, out var entries)
            ? entries
            : await _services.Log.ReadAsync(DocumentId, afterRevision, limit, cancellationToken);
    }

    /// <summary>
    /// What a client needs that has <paramref name="sinceRevision"/>, or nothing: the entries that it misses, or the snapshot where
    /// that is shorter. A client with something in flight reads the entries by itself (<see cref="ReadAsync"/>).
    /// </summary>
    public async ValueTask<ResumePoint> ResumeAsync(long? sinceRevision, CancellationToken cancellationToken)
    {
        await TryCatchUpAsync(sinceRevision ?? 0);
        var state = State;
        if (sinceRevision is not { } since || since < 0 || since > state.Revision
            || await FindMissedAsync(since, state, cancellationToken) is not { } missed)
            return new ResumePoint(state.Revision, state, [], state.UpdatedAt);
        return new ResumePoint(state.Revision, Snapshot: null, missed, state.UpdatedAt);
    }

    /// <summary>
    /// A checksum of the content for clients to compare, or null: a document that is being edited is hashed at most once for each
    /// <see cref="SessionOptions.ChecksumInterval"/>.
    /// </summary>
    public ContentChecksum? FindChecksum() => _checksums.Of(State);

    /// <summary>Takes no more submissions, sees those in the mailbox through, and stores what is worth it.</summary>
    async Task ISession.CloseAsync()
    {
        _heard.Dispose();
        _mailbox.Writer.TryComplete();
        await _turns;
        Room.Close();
        _outbox.Complete();
        await _outbox.Sent;
        await _snapshots.FlushAsync(State);
    }

    void ISession.OnEvicted() => SessionLog.Evicted(_services.Logger, DocumentId, State.Revision);

    private async ValueTask TryCatchUpAsync(long revision)
    {
        try
        {
            await CatchUpAsync(revision);
        }
        catch (CollabException ahead) when (ahead.Error == CollabError.RevisionAhead)
        {
            // a client from before the store went back to an older backup: it will see that from what it gets
        }
    }

    /// <summary>The entries after a revision up to the state's; null if the content is shorter than they, or they are compacted away.</summary>
    private async ValueTask<IReadOnlyList<LogEntry>?> FindMissedAsync(long since, SessionState state, CancellationToken cancellationToken)
    {
        var gap = state.Revision - since;
        if (gap == 0)
            return [];
        if (gap > _services.Options.MaxResumeEntries || (since < _committed.Recent.Start && gap > WorthReading))
            return null;
        try
        {
            var missed = await ReadAsync(since, (int)gap, cancellationToken);
            var content = state.Document.Length + state.Document.FormatWeight;
            return missed.Sum(entry => entry.Operation.Weight) <= content + (gap * EntryOverhead) ? missed : null;
        }
        catch (CollabException tooOld) when (tooOld.Error == CollabError.RevisionTooOld)
        {
            return null;
        }
    }

    private void Enqueue(PendingSubmission pending)
    {
        if (!_mailbox.Writer.TryWrite(new MailboxItem(pending, CatchUp: null)))
            pending.Refuse(Closed());
    }

    private CollabException Closed() => IsDeleted ? CollabException.DocumentNotFound(DocumentId) : CollabException.ServerDraining();

    private async Task RunTurnsAsync()
    {
        var taken = new MailboxBatch();
        while (await _mailbox.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await _services.Log.WaitToAppendAsync(CancellationToken.None);
            taken.Take(_mailbox.Reader, _services.Options.MaxBatch);
            if (taken.HasHeard || taken.CatchUps.Count > 0)
                await CatchUpAsync(taken);
            if (taken.Submissions.Count > 0)
                await RunTurnAsync(taken.Submissions);
            // whoever this turn answered, and whatever else has arrived, comes into the next one
            await Task.Yield();
        }
    }

    /// <summary>Goes on to where somebody knows that the log is: one reading serves all who wait for it.</summary>
    private async Task CatchUpAsync(MailboxBatch taken)
    {
        CollabException refusal;
        try
        {
            var known = taken.HasHeard ? TakeHeard() : 0;
            foreach (var pending in taken.CatchUps)
                known = Math.Max(known, pending.Revision);
            if (known > State.Revision)
                await _turn.ReadOthersAsync(OnOthersCommitted);
            foreach (var pending in taken.CatchUps)
                pending.Complete(State.Revision);
            return;
        }
        catch (OperationCanceledException) when (_services.Stopping.IsCancellationRequested)
        {
            refusal = CollabException.ServerDraining();
        }
        catch (CollabException failure)
        {
            refusal = failure;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            SessionLog.TurnFailed(_services.Logger, DocumentId, exception);
            refusal = CollabException.StoreUnavailable(exception);
        }

        // who was only heard needs no answer: it comes again with the next notice, or submission
        foreach (var pending in taken.CatchUps)
            pending.Refuse(refusal);
    }

    /// <summary>Takes what other nodes told of their commits.</summary>
    /// <returns>The highest revision that they told of: beyond a gap, and beyond what does not fit, the log has it.</returns>
    private long TakeHeard()
    {
        var entries = _heard.Commits.Take(State.Revision, out var revision);
        if (entries.Count == 0)
            return revision;
        try
        {
            _committed.Advance(entries);
        }
        catch (OperationException misfit)
        {
            SessionLog.Misfit(_services.Logger, DocumentId, State.Revision, misfit);
            return revision;
        }

        OnOthersCommitted(entries);
        return revision;
    }

    private async Task RunTurnAsync(List<PendingSubmission> batch)
    {
        try
        {
            await _turn.RunAsync(batch, OnCommitted, OnOthersCommitted);
        }
        catch (OperationCanceledException) when (_services.Stopping.IsCancellationRequested)
        {
            RefuseAll(batch, CollabException.ServerDraining());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // a defect, not a refusal: what became of the batch is unknown, and the next turn must be able to run
            SessionLog.TurnFailed(_services.Logger, DocumentId, exception);
            RefuseAll(batch, CollabException.StoreUnavailable(exception));
        }
    }

    private static void RefuseAll(List<PendingSubmission> batch, CollabException reason)
    {
        foreach (var pending in batch)
            pending.Refuse(reason);
    }

    private void OnCommitted(StagedBatch staged)
    {
        foreach (var (pending, revision, selection) in staged.Submissions)
        {
            if (selection is not null && pending.Submission.ConnectionId is { } connectionId)
                Room.TryUpdateSelection(connectionId, pending.SelectionOrder, revision, selection);
        }

        Publish(staged.Entries);
        foreach (var (pending, revision, _) in staged.Submissions)
            pending.Commit(revision);
        _services.Notices.Publish(new CommitNotice(DocumentId, Head.Incarnation, State.Revision, staged.Entries));
    }

    private void OnOthersCommitted(IReadOnlyList<LogEntry> entries)
    {
        Publish(entries);
        Room.OnAdvanced();
    }

    private void Publish(IReadOnlyList<LogEntry> entries)
    {
        _outbox.Post(stopping => _services.Events.OperationsAppliedAsync(DocumentId, entries, stopping));
        _snapshots.Consider(State);
    }
}
