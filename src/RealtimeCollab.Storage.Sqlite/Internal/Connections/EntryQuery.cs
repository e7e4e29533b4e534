using Microsoft.Data.Sqlite;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>Reads log entries. One statement reads the horizon with them, so that no compaction comes in between.</summary>
internal sealed class EntryQuery(SqliteConnection connection) : IDisposable
{
    private const string Sql = """
        SELECT d.horizon, o.revision, o.client_id, o.user_id, o.operation_id, o.committed_at, o.operation
        FROM documents AS d LEFT JOIN operations AS o ON o.document = d.number AND o.revision > max(?2, d.horizon)
        WHERE d.document_id = ?1 AND d.deleted_at IS NULL
        ORDER BY o.revision LIMIT ?3
        """;

    private readonly SqliteStatement _statement = new(connection, Sql);
    private readonly RepeatedText _client = new();
    private readonly RepeatedText _user = new();

    /// <exception cref="CollabException"><see cref="CollabError.RevisionTooOld"/>.</exception>
    public IReadOnlyList<LogEntry> Read(string documentId, long afterRevision, int limit)
    {
        _statement.BindText(1, documentId);
        _statement.Bind(2, afterRevision);
        _statement.Bind(3, limit);
        try
        {
            var entries = new List<LogEntry>();
            while (_statement.Step())
            {
                if (afterRevision < _statement.GetInt64(0))
                    throw CollabException.RevisionTooOld(afterRevision, _statement.GetInt64(0));
                if (!_statement.IsNull(1))
                    entries.Add(ReadEntry());
            }

            return entries;
        }
        finally
        {
            _statement.Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private LogEntry ReadEntry() => new()
    {
        Revision = _statement.GetInt64(1),
        ClientId = _client.Read(_statement.GetBytes(2)),
        UserId = _user.Read(_statement.GetBytes(3)),
        OperationId = System.Text.Encoding.UTF8.GetString(_statement.GetBytes(4)),
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(_statement.GetInt64(5)),
        Operation = TextOperation.ParseArray(_statement.GetBytes(6)),
    };
}
