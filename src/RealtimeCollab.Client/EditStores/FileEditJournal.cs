namespace RealtimeCollab.Client;

/// <summary>
/// A file of records, each with its length and hash. A file is replaced by renaming another over it. Beside it lies an empty file that is
/// held open as a lock, and stays: to delete it would let two processes in.
/// </summary>
internal sealed class FileEditJournal : IEditJournal
{
    private readonly string _path;
    private readonly bool _flushToDisk;
    private readonly FileStream _lock;
    private FileStream? _file;

    private FileEditJournal(string path, bool flushToDisk, FileStream held) => (_path, _flushToDisk, _lock) = (path, flushToDisk, held);

    private FileStream File => _file ??= Open(_path, FileMode.OpenOrCreate);

    public static FileEditJournal Open(string path, bool flushToDisk) =>
        new(path, flushToDisk, new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!System.IO.File.Exists(_path))
            return [];

        var bytes = new byte[File.Length];
        File.Position = 0;
        await File.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        var (records, whole) = RecordFrame.ReadAll(bytes);

        // what comes next is written behind the last whole record, not behind a half one
        File.SetLength(whole);
        File.Position = whole;
        return records;
    }

    public async ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default)
    {
        File.Position = File.Length;
        await WriteAsync(File, RecordFrame.Write(records), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ReplaceAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken = default)
    {
        var next = $"{_path}.next";
        var file = Open(next, FileMode.Create);
        await using (file.ConfigureAwait(false))
            await WriteAsync(file, RecordFrame.Write([record]), cancellationToken).ConfigureAwait(false);

        await CloseAsync().ConfigureAwait(false);
        System.IO.File.Move(next, _path, overwrite: true);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        await CloseAsync().ConfigureAwait(false);
        System.IO.File.Delete(_path);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Without a buffer: what was written has reached the operating system.</summary>
    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    private async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        if (_flushToDisk)
            file.Flush(flushToDisk: true);
    }

    private async ValueTask CloseAsync()
    {
        if (_file is not null)
            await _file.DisposeAsync().ConfigureAwait(false);
        _file = null;
    }
}
