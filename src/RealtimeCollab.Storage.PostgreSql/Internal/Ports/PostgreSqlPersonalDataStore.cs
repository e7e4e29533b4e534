using Dapper;
using Npgsql;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Ports;

internal sealed class PostgreSqlPersonalDataStore(PostgreSqlDatabase database) : IPersonalDataStore
{
    private static readonly string[] Statements =
    [
        "UPDATE realtimecollab.documents SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.operations SET user_id = @pseudonym, client_id = @pseudonym WHERE user_id = @userId",
        "UPDATE realtimecollab.versions SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.rooms SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE realtimecollab.messages SET sender_id = @pseudonym, sender_name = @pseudonym WHERE sender_id = @userId",
        "DELETE FROM realtimecollab.room_members WHERE user_id = @userId",
        "DELETE FROM realtimecollab.notifications WHERE user_id = @userId",
        "DELETE FROM realtimecollab.notification_counters WHERE user_id = @userId",
    ];

    public ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, token) => EraseAsync(connection, userId, pseudonym, token), cancellationToken);

    /// <summary>
    /// Each statement for itself: an update of all that somebody ever wrote takes long, and must not hold the rows of documents meanwhile, which
    /// appends wait for. What a failure leaves undone is done by the repetition.
    /// </summary>
    private static async Task<long> EraseAsync(NpgsqlConnection connection, string userId, string pseudonym, CancellationToken cancellationToken)
    {
        long rows = 0;
        foreach (var statement in Statements)
            rows += await connection.ExecuteAsync(new CommandDefinition(statement, new { userId, pseudonym }, commandTimeout: 0, cancellationToken: cancellationToken));
        return rows;
    }
}
