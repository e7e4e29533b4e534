using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Connections;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>The connection that writes, with the statements of an append. Used by the writer's thread alone.</summary>
internal sealed class WriterConnection(SqliteConnection connection, WebhookSubscriptions webhooks) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _rollback = new(connection, "ROLLBACK");
    private readonly SqliteStatement _insert = new(connection, "INSERT INTO operations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    // the arbiter: one row, moved only from where the batch expects it
    private readonly SqliteStatement _moveHead = new(
        connection,
        """
        UPDATE documents SET revision = ?4, updated_at = ?5
        WHERE document_id = ?1 AND incarnation = ?2 AND revision = ?3 AND ?6 IN (-1, membership_version) AND deleted_at IS NULL
        RETURNING number, changed_since
        """);

    private readonly SqliteStatement _mark = new(connection, "UPDATE documents SET changed_since = ?2 WHERE number = ?1");

    private readonly bool _marksChanges = webhooks.Has(WebhookEventType.DocumentChanged);

    public SqliteConnection Connection => connection;

    public void Begin() => _begin.Step();

    public void Commit() => _commit.Step();

    public void Rollback()
    {
        // a failed statement may have rolled back by itself
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0)
            _rollback.Step();
    }

    /// <summary>False if the document is not where the batch expects it.</summary>
    public bool Append(AppendBatch batch, EncodedBatch encoded)
    {
        var last = batch.Entries[^1];
        _moveHead.BindText(1, batch.DocumentId);
        _moveHead.BindText(2, batch.Incarnation);
        _moveHead.Bind(3, batch.ExpectedRevision);
        _moveHead.Bind(4, last.Revision);
        _moveHead.Bind(5, last.Timestamp.ToUnixTimeMilliseconds());
        _moveHead.Bind(6, batch.MembershipVersion ?? -1);
        if (!_moveHead.Step())
            return false;

        var document = _moveHead.GetInt64(0);
        var isFirstChange = _marksChanges && _moveHead.IsNull(1);
        _moveHead.Reset();
        _insert.Bind(1, document);
        for (var index = 0; index < batch.Entries.Count; index++)
        {
            _insert.Bind(2, batch.Entries[index].Revision);
            _insert.BindText(3, encoded.ClientId(index));
            _insert.BindText(4, encoded.UserId(index));
            _insert.BindText(5, encoded.OperationId(index));
            _insert.Bind(6, batch.Entries[index].Timestamp.ToUnixTimeMilliseconds());
            _insert.BindBlob(7, encoded.Operation(index));
            _insert.Step();
        }

        if (isFirstChange)
            Mark(document, last.Timestamp);
        connection.Record(webhooks.OfRestorations(batch));
        return true;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _insert.Dispose();
        _moveHead.Dispose();
        _mark.Dispose();
        connection.Dispose();
    }

    private void Mark(long document, DateTimeOffset since)
    {
        _mark.Bind(1, document);
        _mark.Bind(2, since.ToUnixTimeMilliseconds());
        _mark.Step();
    }
}
