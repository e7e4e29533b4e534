namespace RealtimeCollab.Storage.Sqlite.Internal.Connections;

/// <summary>
/// Marks a database as taken by this process. The operating system lets go of it when the process ends, however it ends; the file
/// itself stays, because to delete it would let two processes each hold a lock under one name.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <exception cref="IOException">Another process, or another store of this one, has it.</exception>
    public static FileLock Take(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException cause) when (File.Exists(path))
        {
            throw new IOException($"Another server has the database open (it holds {path}). One SQLite file serves one node.", cause);
        }
    }

    public void Dispose() => _stream.Dispose();
}
