using System.Data;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Writing;

/// <summary>
/// Appends for all documents of a node on one connection: takes all that waits and commits it in one transaction. While the server
/// works the queue fills, so load makes transactions larger and not the wait longer.
/// </summary>
internal sealed class GroupAppender : IAsyncDisposable
{
    private readonly AppendQueue _waiting = new();
    private readonly NpgsqlDataSource _source;
    private readonly WebhookSubscriptions _webhooks;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;
    private AppendStatement? _statement;

    public GroupAppender(NpgsqlDataSource source, WebhookSubscriptions webhooks, TimeSpan patience, TimeProvider time, ILogger logger)
    {
        (_source, _webhooks, _patience, _time, _logger) = (source, webhooks, patience, time, logger);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Shut while a transaction is on its way.</summary>
    public AppendGate Gate => _waiting.Gate;

    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>; the outcome is unknown.</exception>
    public async ValueTask<AppendOutcome> AppendAsync(AppendBatch batch, CancellationToken cancellationToken)
    {
        var append = new PendingAppend(batch, cancellationToken);
        try
        {
            await _waiting.AddAsync(append, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw CollabException.StoreUnavailable(new ObjectDisposedException(nameof(PostgreSqlDatabase)));
        }

        return await append.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes nothing more, appends what waits, closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        var group = new List<PendingAppend>();
        while (await _waiting.TakeAsync(group))
        {
            if (group.Count > 0)
                await AppendAsync(group);
        }

        await CloseAsync();
    }

    /// <summary>Every batch of the group is over afterwards, one way or the other.</summary>
    private async Task AppendAsync(List<PendingAppend> group)
    {
        try
        {
            _statement ??= await PrepareAsync();
            var appended = await _statement.ExecuteAsync(group).WaitAsync(_patience, _time);
            for (var index = 0; index < group.Count; index++)
                group[index].Complete(appended[index] ? AppendOutcome.Appended : AppendOutcome.Conflict);
        }
        catch (PostgresException refusal) when (group.Count > 1 && _statement is { State: ConnectionState.Open })
        {
            // the server refused the transaction as a whole: one batch that cannot be stored must not take its neighbours with it
            _logger.TransactionFailed(group.Count, "each batch is tried alone", refusal);
            foreach (var append in group)
                await AppendAsync([append]);
        }
        catch (Exception failure)
        {
            _logger.TransactionFailed(group.Count, "whether it was committed is unknown", failure);
            foreach (var append in group)
                append.Fail(failure);
            Abandon(isSilent: failure is not PostgresException);
        }
    }

    private async Task<AppendStatement> PrepareAsync()
    {
        var preparing = AppendStatement.PrepareAsync(_source, _webhooks, _patience);
        try
        {
            return await preparing.WaitAsync(_patience, _time);
        }
        catch (TimeoutException)
        {
            _ = DisposeWhenReadyAsync(preparing);
            throw;
        }
    }

    /// <summary>What may never answer is not waited for; nor is what else is in the pool, which may be as dead.</summary>
    private void Abandon(bool isSilent)
    {
        if (_statement is not null)
            _ = _statement.DisposeAsync().AsTask();
        _statement = null;
        if (isSilent)
            _source.Clear();
    }

    /// <summary>That it did not answer in time was told: how it fails after that is of no use to anybody.</summary>
    private static async Task DisposeWhenReadyAsync(Task<AppendStatement> preparing)
    {
        await ((Task)preparing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (preparing.IsCompletedSuccessfully)
            await (await preparing).DisposeAsync();
    }

    private async Task CloseAsync()
    {
        if (_statement is not null)
            await _statement.DisposeAsync();
        _statement = null;
    }
}
