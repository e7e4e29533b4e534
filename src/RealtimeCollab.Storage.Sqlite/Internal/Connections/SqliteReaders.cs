using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>A bounded pool of connections that only read. In WAL mode they see the last commit and wait for nobody.</summary>
internal sealed class SqliteReaders(SqliteConnectionFactory connections) : IAsyncDisposable
{
    private static readonly int Limit = Math.Max(4, Environment.ProcessorCount);

    private readonly ConcurrentStack<SqliteReader> _idle = new();
    private readonly SemaphoreSlim _permits = new(Limit, Limit);
    private volatile bool _disposed;

    public async ValueTask<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        await _permits.WaitAsync(cancellationToken);
        try
        {
            if (_disposed)
                throw CollabException.StoreUnavailable(new ObjectDisposedException(nameof(SqliteDatabase)));

            return Read(read);
        }
        finally
        {
            _permits.Release();
        }
    }

    /// <summary>Waits for those who are reading.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        for (var permit = 0; permit < Limit; permit++)
            await _permits.WaitAsync();
        while (_idle.TryPop(out var reader))
            reader.Dispose();
        _permits.Release(Limit);
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        SqliteReader? reader = null;
        try
        {
            if (!_idle.TryPop(out reader))
                reader = new SqliteReader(connections.OpenForReading());
            var result = read(reader);
            _idle.Push(reader);
            return result;
        }
        catch (SqliteException cause)
        {
            reader?.Dispose();
            throw CollabException.StoreUnavailable(cause);
        }
        catch (CollabException)
        {
            // a refusal is an answer like any other
            _idle.Push(reader!);
            throw;
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }
}
