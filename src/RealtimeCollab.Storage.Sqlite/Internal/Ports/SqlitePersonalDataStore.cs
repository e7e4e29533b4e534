using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqlitePersonalDataStore(SqliteDatabase database) : IPersonalDataStore
{
    private static readonly string[] Statements =
    [
        "UPDATE documents SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE operations SET user_id = @pseudonym, client_id = @pseudonym WHERE user_id = @userId",
        "UPDATE versions SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE rooms SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE messages SET sender_id = @pseudonym, sender_name = @pseudonym WHERE sender_id = @userId",
        "DELETE FROM room_members WHERE user_id = @userId",
        "DELETE FROM notifications WHERE user_id = @userId",
        "DELETE FROM notification_counters WHERE user_id = @userId",
    ];

    public async ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(connection => Erase(connection, userId, pseudonym), cancellationToken);

    /// <summary>In the writer's transaction: all or nothing.</summary>
    private static long Erase(SqliteConnection connection, string userId, string pseudonym) =>
        Statements.Sum(statement => (long)connection.Execute(statement, new { userId, pseudonym }));
}
