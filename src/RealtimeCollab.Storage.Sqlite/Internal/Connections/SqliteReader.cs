using Microsoft.Data.Sqlite;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>A connection that only reads, with the statement that is worth keeping prepared.</summary>
internal sealed class SqliteReader : IDisposable
{
    public SqliteReader(SqliteConnection connection)
    {
        Connection = connection;
        Entries = new EntryQuery(connection);
    }

    public SqliteConnection Connection { get; }

    public EntryQuery Entries { get; }

    public void Dispose()
    {
        Entries.Dispose();
        Connection.Dispose();
    }
}
