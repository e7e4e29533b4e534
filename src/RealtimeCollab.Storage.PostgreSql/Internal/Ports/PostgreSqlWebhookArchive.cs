using Dapper;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlWebhookArchive(PostgreSqlDatabase database) : IWebhookArchive
{
    private const string ImportSql = $"{WebhookSql.Insert} e.revision FROM {WebhookSql.Given} ON CONFLICT DO NOTHING";

    private const string ListChangesSql = """
        SELECT d.document_id, d.incarnation, d.changed_since FROM realtimecollab.documents AS d
        WHERE d.changed_since IS NOT NULL AND d.document_id > @afterDocumentId ORDER BY d.document_id LIMIT @limit
        """;

    private const string ImportChangesSql = """
        UPDATE realtimecollab.documents AS d SET changed_since = c.since
        FROM unnest(@documentIds, @incarnations, @times) AS c (document_id, incarnation, since)
        WHERE d.document_id = c.document_id AND d.incarnation = c.incarnation AND d.deleted_at IS NULL AND d.changed_since IS NULL
        """;

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(long afterNumber, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<WebhookDelivery>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<WebhookRow>(new CommandDefinition(
                    $"SELECT {WebhookRow.Columns} FROM realtimecollab.webhook_deliveries AS w WHERE w.number > @afterNumber ORDER BY w.number LIMIT @limit",
                    new { afterNumber, limit },
                    cancellationToken: token))).Select(row => row.ToDelivery()),
            ],
            cancellationToken);

    public ValueTask<int> ImportAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken) =>
        ExecuteAsync(ImportSql, new { deliveries = WebhookSql.Write(deliveries) }, cancellationToken);

    public ValueTask<IReadOnlyList<UntoldChange>> ListChangesAsync(string afterDocumentId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<UntoldChange>>(
            async (connection, token) =>
            [
                .. (await connection.QueryAsync<(string DocumentId, string Incarnation, DateTime Since)>(
                    new CommandDefinition(ListChangesSql, new { afterDocumentId, limit }, cancellationToken: token)))
                    .Select(row => new UntoldChange(row.DocumentId, row.Incarnation, new DateTimeOffset(row.Since))),
            ],
            cancellationToken);

    public async ValueTask ImportChangesAsync(IReadOnlyList<UntoldChange> changes, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            documentIds = changes.Select(change => change.DocumentId).ToArray(),
            incarnations = changes.Select(change => change.Incarnation).ToArray(),
            times = changes.Select(change => change.Since.UtcDateTime).ToArray(),
        };
        await ExecuteAsync(ImportChangesSql, parameters, cancellationToken);
    }

    private ValueTask<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, token) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: token)), cancellationToken);
}
