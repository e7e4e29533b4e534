using Dapper;
using RealtimeCollab.Storage.Sqlite.Internal.Schema;

namespace RealtimeCollab.Storage.Sqlite.Internal.Writing;

/// <summary>Removes the operations below a horizon slice by slice, so that appends pass in between.</summary>
internal static class Purge
{
    public static async ValueTask RunAsync(SqliteWriter writer, long number, long horizon, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await writer.RunAsync(
                connection => connection.Execute(DocumentSql.PurgeSlice, new { number, horizon }), cancellationToken);
        }
        while (removed > 0);
    }
}
