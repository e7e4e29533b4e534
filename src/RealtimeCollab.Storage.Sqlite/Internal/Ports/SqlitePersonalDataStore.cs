using Dapper;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Storage.Sqlite.Internal.Ports;

internal sealed class SqlitePersonalDataStore(SqliteDatabase database) : IPersonalDataStore
{
    /// <summary>Servers ask anew what the members of these documents may do. Not counted: the documents stay what they are.</summary>
    private const string MoveMemberships = """
        UPDATE documents SET membership_version = membership_version + 1 WHERE number IN (SELECT document FROM members WHERE user_id = @userId)
        """;

    private static readonly string[] Statements =
    [
        // a document always has an owner
        """
        UPDATE members SET user_id = @pseudonym WHERE user_id = @userId AND role = @owner AND NOT EXISTS (
            SELECT 1 FROM members AS other WHERE other.document = members.document AND other.user_id <> @userId AND other.role = @owner)
        """,
        "DELETE FROM members WHERE user_id = @userId",
        "UPDATE share_links SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE documents SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE operations SET user_id = @pseudonym, client_id = @pseudonym WHERE user_id = @userId",
        "UPDATE versions SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE rooms SET created_by = @pseudonym WHERE created_by = @userId",
        "UPDATE messages SET sender_id = @pseudonym, sender_name = @pseudonym WHERE sender_id = @userId",
        "DELETE FROM room_members WHERE user_id = @userId",
        "DELETE FROM notifications WHERE user_id = @userId",
        "DELETE FROM notification_counters WHERE user_id = @userId",
        "DELETE FROM webhook_deliveries WHERE mentioned_user_id = @userId",
        "UPDATE webhook_deliveries SET user_id = @pseudonym WHERE user_id = @userId",
    ];

    public async ValueTask<long> EraseAsync(string userId, string pseudonym, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(connection => Erase(connection, userId, pseudonym), cancellationToken);

    /// <summary>In the writer's transaction: all or nothing.</summary>
    private static long Erase(SqliteConnection connection, string userId, string pseudonym)
    {
        var parameters = new { userId, pseudonym, owner = (long)MemberRole.Owner };
        connection.Execute(MoveMemberships, parameters);
        return Statements.Sum(statement => (long)connection.Execute(statement, parameters));
    }
}
