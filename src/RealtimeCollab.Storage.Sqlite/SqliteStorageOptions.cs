namespace RealtimeCollab.Storage.Sqlite;

/// <summary>Where the database is and who may write to it.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>
    /// A connection string of Microsoft.Data.Sqlite whose <c>Data Source</c> is a file; the file and its directory are made if they are
    /// missing. A database in memory is refused: the ports have memory versions of their own.
    /// </summary>
    public string ConnectionString { get; set; } = "Data Source=data/realtimecollab.db";

    /// <summary>
    /// False by default: a second process that opens the same file is refused at its start. Two writers would not harm the data,
    /// since the documents' rows arbitrate, but the nodes would hear of each other's operations only when they read the heads again.
    /// </summary>
    public bool AllowOtherProcesses { get; set; }

    /// <summary>How long a writer waits for another process that is writing, in seconds, from 1; 5 by default.</summary>
    public int BusyTimeoutSeconds { get; set; } = 5;
}
