using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions;
using RealtimeCollab.Storage.Sqlite.Internal;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>What can happen to the file of a running server.</summary>
internal static class SqliteFaults
{
    /// <summary>Place of the "file format write version" in the header; SQLite opens a file with a version it does not know to read it only.</summary>
    private const int WriteVersionOffset = 18;
    private const byte WriteVersionOfWal = 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task FillDiskAsync(TestApp app) => OnWriterAsync(app, connection => Execute(connection, "PRAGMA max_page_count = 1"));

    public static Task MakeRoomAsync(TestApp app) => OnWriterAsync(app, connection => Execute(connection, "PRAGMA max_page_count = 1000000"));

    /// <summary>
    /// Marks the file itself, because permissions do not stop root. The writer's own connection has the header in memory, so it is made to
    /// open the file again.
    /// </summary>
    public static async Task MakeReadOnlyAsync(TestApp app)
    {
        try
        {
            await OnWriterAsync(app, writer => MakeReadOnly(app, writer));
        }
        catch (CollabException refused) when (refused.Error == CollabError.StoreUnavailable)
        {
            // the fault hit an append of the same transaction, and then this work when it was tried again: the file is read-only already
            Assert.Equal(WriteVersionOfWal + 1, GetWriteVersion(app));
        }
    }

    private static void MakeReadOnly(TestApp app, SqliteConnection writer)
    {
        // appends that share this transaction would bring a header of their own into the write-ahead log
        Execute(writer, "COMMIT");
        MoveLogIntoFile(Database(app).Path);
        SetWriteVersion(app, WriteVersionOfWal + 1);
        Execute(writer, "BEGIN IMMEDIATE");
        Execute(writer, "PRAGMA query_only = ON");
    }

    public static Task MakeWritableAsync(TestApp app)
    {
        SetWriteVersion(app, WriteVersionOfWal);
        return Task.CompletedTask;
    }

    private static SqliteDatabase Database(TestApp app) => app.Services.GetRequiredService<SqliteDatabase>();

    private static async Task OnWriterAsync(TestApp app, Action<SqliteConnection> work) => await Database(app).Writer.RunAsync(
        connection =>
        {
            work(connection);
            return 0;
        },
        Cancellation);

    /// <summary>While any page is in the write-ahead log alone, readers look there and not at the file's header.</summary>
    private static void MoveLogIntoFile(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        while (true)
        {
            Cancellation.ThrowIfCancellationRequested();
            using var result = checkpoint.ExecuteReader();
            // a reader with an older view holds some pages back for as long as it reads
            if (result.Read() && result.GetInt64(0) == 0 && result.GetInt64(1) == result.GetInt64(2))
                return;
        }
    }

    private static void SetWriteVersion(TestApp app, byte version)
    {
        using var file = new FileStream(Database(app).Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Position = WriteVersionOffset;
        file.WriteByte(version);
    }

    private static int GetWriteVersion(TestApp app)
    {
        using var file = new FileStream(Database(app).Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = WriteVersionOffset;
        return file.ReadByte();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
