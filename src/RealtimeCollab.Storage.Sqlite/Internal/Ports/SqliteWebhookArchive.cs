using Dapper;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;
using RealtimeCollab.Storage.Sqlite.Internal.Writing;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqliteWebhookArchive(SqliteDatabase database) : IWebhookArchive
{
    private const string ListChangesSql = """
        SELECT document_id AS DocumentId, incarnation AS Incarnation, changed_since AS Since FROM documents
        WHERE changed_since IS NOT NULL AND document_id > @afterDocumentId ORDER BY document_id LIMIT @limit
        """;

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(long afterNumber, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WebhookDelivery>>(
            reader =>
            [
                .. reader.Connection.Query<WebhookRow>(
                    $"SELECT {WebhookRow.Columns} FROM webhook_deliveries WHERE number > @afterNumber ORDER BY number LIMIT @limit",
                    new { afterNumber, limit }).Select(row => row.ToDelivery()),
            ],
            cancellationToken);

    public ValueTask<int> ImportAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => connection.Record(deliveries), cancellationToken);

    public ValueTask<IReadOnlyList<UntoldChange>> ListChangesAsync(string afterDocumentId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<UntoldChange>>(
            reader =>
            [
                .. reader.Connection.Query<(string DocumentId, string Incarnation, long Since)>(ListChangesSql, new { afterDocumentId, limit })
                    .Select(row => new UntoldChange(row.DocumentId, row.Incarnation, DateTimeOffset.FromUnixTimeMilliseconds(row.Since))),
            ],
            cancellationToken);

    public async ValueTask ImportChangesAsync(IReadOnlyList<UntoldChange> changes, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection => connection.Execute(
                $"UPDATE documents SET changed_since = @since WHERE {DocumentSql.IsCurrent} AND changed_since IS NULL",
                changes.Select(change => new { documentId = change.DocumentId, incarnation = change.Incarnation, since = change.Since.ToUnixTimeMilliseconds() })),
            cancellationToken);
}
