using Microsoft.Data.Sqlite;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

internal static class SqliteConnectionExtensions
{
    /// <summary>Runs constant SQL without parameters.</summary>
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
