using Dapper;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Writing;

/// <summary>Removes the operations below a horizon, each slice in a transaction of its own: the head's row is not locked meanwhile.</summary>
internal static class Purge
{
    public static async ValueTask RunAsync(PostgreSqlDatabase database, long number, long horizon, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await database.WriteAsync(
                (connection, token) => connection.ExecuteAsync(new CommandDefinition(DocumentSql.PurgeSlice, new { number, horizon }, cancellationToken: token)),
                cancellationToken);
        }
        while (removed > 0);
    }
}
