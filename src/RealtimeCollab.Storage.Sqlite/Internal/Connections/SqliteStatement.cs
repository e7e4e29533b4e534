using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>
/// A prepared statement of SQLite's own, for the two paths that run once per operation: parameters and columns are spans, so that
/// neither boxes nor copies. (Through ADO.NET an insert costs 900 bytes and more processor time than SQLite itself needs for it.)
/// Not thread-safe, as its connection.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public void BindBlob(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, index, value));

    public void BindText(int index, ReadOnlySpan<byte> utf8) =>
        // an empty span has no address, and SQLite takes that for NULL
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, index, string.Empty) : raw.sqlite3_bind_text(_statement, index, utf8));

    public void BindText(int index, string value) => BindText(index, Encoding.UTF8.GetBytes(value));

    /// <summary>Runs up to the next row. Whoever got one calls <see cref="Reset"/> afterwards, or reads to the end.</summary>
    /// <returns>False at the end, where the statement is ready to be used again.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;

        // reset repeats the error of the step, so it is not asked
        _ = raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes of a text or blob; valid until the next step.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
