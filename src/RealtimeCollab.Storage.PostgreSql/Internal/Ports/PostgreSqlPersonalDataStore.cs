using Dapper;
using Npgsql;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlPersonalDataStore(PostgreSqlDatabase database) : IPersonalDataStore
{
    private static readonly string[] Statements =
    [
        "UPDATE realtimecollab.documents SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.operations SET user_id = @pseudonym, client_id = @pseudonym WHERE user_id = @userId",
        "UPDATE realtimecollab.versions SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.share_links SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.rooms SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.messages SET sender_id = @pseudonym, sender_name = @pseudonym WHERE sender_id = @userId",
        "DELETE FROM realtimecollab.room_members WHERE user_id = @userId",
        "DELETE FROM realtimecollab.notifications WHERE user_id = @userId",
        "DELETE FROM realtimecollab.notification_counters WHERE user_id = @userId",
        "DELETE FROM realtimecollab.webhook_deliveries WHERE mentioned_user_id = @userId",
        "UPDATE realtimecollab.webhook_deliveries SET user_id = @pseudonym WHERE user_id = @userId",
    ];

    private const string MembershipsSql = """
        SELECT d.document_id, d.incarnation FROM realtimecollab.members AS m JOIN realtimecollab.documents AS d ON d.number = m.document WHERE m.user_id = @userId
        """;

    // a document always has an owner: the only one's row stays, under the pseudonym
    private const string LeaveSql = $"""
        {DocumentSql.Lock}WITH d AS (
            SELECT d.number FROM realtimecollab.documents AS d WHERE {DocumentSql.IsCurrent}
        ), alone AS (
            SELECT d.number FROM d JOIN realtimecollab.members AS m ON m.document = d.number
            WHERE m.user_id = @userId AND m.role = @owner AND NOT EXISTS (
                SELECT FROM realtimecollab.members AS o WHERE o.document = d.number AND o.user_id <> @userId AND o.role = @owner)
        ), renamed AS (
            UPDATE realtimecollab.members AS m SET user_id = @pseudonym FROM alone WHERE m.document = alone.number AND m.user_id = @userId
            RETURNING m.document
        ), removed AS (
            DELETE FROM realtimecollab.members AS m USING d WHERE m.document = d.number AND m.user_id = @userId AND NOT EXISTS (SELECT FROM alone)
            RETURNING m.document
        ), changed AS (
            SELECT document FROM renamed UNION ALL SELECT document FROM removed
        ), moved AS (
            UPDATE realtimecollab.documents AS t SET membership_version = t.membership_version + 1 FROM changed WHERE t.number = changed.document
        )
        SELECT count(*) FROM changed
        """;

    public ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, token) => EraseAsync(connection, userId, pseudonym, token), cancellationToken);

    /// <summary>
    /// Each statement for itself: an update of all that somebody ever wrote takes long, and must not hold the rows of documents meanwhile, which
    /// appends wait for. What a failure leaves undone is done by the repetition.
    /// </summary>
    private static async Task<long> EraseAsync(NpgsqlConnection connection, string userId, string pseudonym, CancellationToken cancellationToken)
    {
        var rows = await LeaveDocumentsAsync(connection, userId, pseudonym, cancellationToken);
        foreach (var statement in Statements)
            rows += await connection.ExecuteAsync(new CommandDefinition(statement, new { userId, pseudonym }, commandTimeout: 0, cancellationToken: cancellationToken));
        return rows;
    }

    /// <summary>One document after another: whoever holds the rows of several and waits for more may wait for an append that waits for it.</summary>
    private static async Task<long> LeaveDocumentsAsync(NpgsqlConnection connection, string userId, string pseudonym, CancellationToken cancellationToken)
    {
        long rows = 0;
        var memberships = await connection.QueryAsync<(string DocumentId, string Incarnation)>(
            new CommandDefinition(MembershipsSql, new { userId }, cancellationToken: cancellationToken));
        foreach (var (documentId, incarnation) in memberships)
        {
            var parameters = new { documentId, incarnation, userId, pseudonym, owner = (short)MemberRole.Owner };
            await using var results = await connection.QueryMultipleAsync(new CommandDefinition(LeaveSql, parameters, cancellationToken: cancellationToken));
            await results.ReadAsync<long>();
            rows += await results.ReadSingleAsync<long>();
        }

        return rows;
    }
}
