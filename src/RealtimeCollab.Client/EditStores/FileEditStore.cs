using System.Security.Cryptography;
using System.Text;

namespace RealtimeCollab.Client;

/// <summary>
/// Keeps edits in files of a folder, one for each document. They survive the process, whichever way it ends; with
/// <paramref name="flushToDisk"/> the machine's end too. Two processes may share a folder, but not have one document open at once.
/// </summary>
/// <param name="folder">Made if it does not exist. The files hold text of documents: choose a place that only the user can read.</param>
/// <param name="flushToDisk">Waits for the disk after every write, which takes milliseconds instead of microseconds.</param>
public sealed class FileEditStore(string folder, bool flushToDisk = false) : IEditStore
{
    /// <inheritdoc/>
    public ValueTask<IEditJournal> OpenAsync(string documentId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(documentId);
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(folder);
        return ValueTask.FromResult<IEditJournal>(FileEditJournal.Open(Path.Combine(folder, FileName(documentId)), flushToDisk));
    }

    /// <summary>A hash: ids are longer than some file systems' names, and differ in upper and lower case where some file systems do not.</summary>
    private static string FileName(string documentId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(documentId)));
}
