using Npgsql;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

/// <summary>Reads log entries. One statement reads the horizon with them, so that no compaction comes in between.</summary>
internal static class EntryQuery
{
    private const string Sql = """
        SELECT d.horizon, o.revision, o.client_id, o.user_id, o.operation_id, o.committed_at, o.operation
        FROM realtimecollab.documents AS d
        LEFT JOIN realtimecollab.operations AS o ON o.document = d.number AND o.revision > greatest($2, d.horizon)
        WHERE d.document_id = $1 AND d.deleted_at IS NULL
        ORDER BY o.revision LIMIT $3
        """;

    /// <exception cref="CollabException"><see cref="CollabError.RevisionTooOld"/>.</exception>
    public static async Task<IReadOnlyList<LogEntry>> ReadAsync(
        NpgsqlConnection connection, string documentId, long afterRevision, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = documentId },
                new NpgsqlParameter<long> { TypedValue = afterRevision },
                new NpgsqlParameter<long> { TypedValue = limit },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LogEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (afterRevision < reader.GetInt64(0))
                throw CollabException.RevisionTooOld(afterRevision, reader.GetInt64(0));
            if (!reader.IsDBNull(1))
                entries.Add(ReadEntry(reader, entries.Count > 0 ? entries[^1] : null));
        }

        return entries;
    }

    /// <summary>Clients and users mostly repeat: then the string of the entry before is kept.</summary>
    private static LogEntry ReadEntry(NpgsqlDataReader reader, LogEntry? before)
    {
        var (client, user) = (reader.GetString(2), reader.GetString(3));
        return new LogEntry
        {
            Revision = reader.GetInt64(1),
            ClientId = string.Equals(client, before?.ClientId, StringComparison.Ordinal) ? before!.ClientId : client,
            UserId = string.Equals(user, before?.UserId, StringComparison.Ordinal) ? before!.UserId : user,
            OperationId = reader.GetString(4),
            Timestamp = new DateTimeOffset(reader.GetDateTime(5)),
            Operation = TextOperation.ParseArray(reader.GetFieldValue<byte[]>(6)),
        };
    }
}
