using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Connections;
using static SQLitePCL.raw;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>
/// The one writer of a database: takes all that waits, from all documents, and commits it in one transaction. While the disk
/// works the queue fills, so load makes transactions larger and not the wait longer.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly WriteQueue _waiting = new();
    private readonly SqliteConnectionFactory _connections;
    private readonly WebhookSubscriptions _webhooks;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterConnection? _connection;

    public SqliteWriter(SqliteConnectionFactory connections, WebhookSubscriptions webhooks, ILogger logger)
    {
        _connections = connections;
        _webhooks = webhooks;
        _logger = logger;
        _connection = new WriterConnection(connections.OpenForWriting(), webhooks);
        // a thread of its own: it waits for the disk most of the time, which would starve the pool of a small machine
        new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Shut while a transaction is being written.</summary>
    public AppendGate Gate => _waiting.Gate;

    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>; the outcome is unknown.</exception>
    public async ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        var append = new PendingAppend(batch, cancellationToken);
        try
        {
            await _waiting.AddAsync(append, cancellationToken);
        }
        catch
        {
            append.Release();
            throw;
        }

        return await append.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="AppendAsync"/>
    public async ValueTask<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var pending = new PendingWork<T>(work, cancellationToken);
        await _waiting.AddAsync(pending, cancellationToken);
        return await pending.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes nothing more, writes what waits, closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Dispose();
        await _stopped.Task;
    }

    private void Run()
    {
        var group = new List<PendingWrite>();
        while (_waiting.Take(group))
        {
            if (group.Count > 0)
                Write(group);
        }

        _connection?.Dispose();
        _stopped.SetResult();
    }

    /// <summary>Every write of the group is over afterwards, one way or the other.</summary>
    private void Write(List<PendingWrite> group)
    {
        if (TryOpen() is { } closed)
        {
            FailAll(group, closed);
            return;
        }

        if (TryExecute(group) is { } cause)
        {
            // one write that cannot be done (too large for the room that is left, say) must not take its neighbours with it
            _logger.TransactionFailed(group.Count, group.Count > 1 ? "each write is tried alone" : "its caller is told", cause);
            if (group.Count == 1)
                group[0].Fail(cause);
            else
                WriteOneByOne(group);
            return;
        }

        try
        {
            _connection!.Commit();
        }
        catch (SqliteException failure)
        {
            _logger.TransactionFailed(group.Count, "whether it is on disk is unknown", failure);
            RollBack(failure);
            FailAll(group, failure);
            return;
        }

        foreach (var write in group)
            write.Complete();
    }

    private void WriteOneByOne(List<PendingWrite> group)
    {
        foreach (var write in group)
            Write([write]);
    }

    /// <summary>Returns why it failed, with the transaction rolled back.</summary>
    private Exception? TryExecute(List<PendingWrite> group)
    {
        try
        {
            _connection!.Begin();
            foreach (var write in group)
                write.Execute(_connection);
            return null;
        }
        catch (Exception failure)
        {
            RollBack(failure);
            return failure;
        }
    }

    /// <summary>
    /// A full disk, a busy database or a refused row say nothing about the connection. After anything else a new one is opened:
    /// the file may have been replaced, or be writable again.
    /// </summary>
    private void RollBack(Exception cause)
    {
        try
        {
            _connection!.Rollback();
            if (cause is not SqliteException failed || failed.SqliteErrorCode is SQLITE_BUSY or SQLITE_FULL or SQLITE_TOOBIG or SQLITE_CONSTRAINT)
                return;
        }
        catch (SqliteException failure)
        {
            _logger.RollbackFailed(failure);
        }

        _connection!.Dispose();
        _connection = null;
    }

    private SqliteException? TryOpen()
    {
        try
        {
            _connection ??= new WriterConnection(_connections.OpenForWriting(), _webhooks);
            return null;
        }
        catch (SqliteException failure)
        {
            _logger.ReopenFailed(failure);
            return failure;
        }
    }

    private static void FailAll(List<PendingWrite> group, Exception cause)
    {
        foreach (var write in group)
            write.Fail(cause);
    }
}
