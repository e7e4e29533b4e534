namespace RealtimeCollab.Client;

/// <summary>
/// Keeps edits that the server does not have yet beyond the end of the process, so that they are sent when the document is opened again.
/// What it keeps is the client's own; a store only keeps bytes in order.
/// </summary>
public interface IEditStore
{
    /// <summary>Opens what is kept of a document, for one at a time.</summary>
    /// <param name="documentId">Which document.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It is open already, maybe in another process; or it cannot be read.</exception>
    ValueTask<IEditJournal> OpenAsync(string documentId, CancellationToken cancellationToken = default);
}

/// <summary>What is kept of one document: records in the order in which they were written. Open until disposed; one call at a time.</summary>
public interface IEditJournal : IAsyncDisposable
{
    /// <summary>Reads all records, as far as they are whole: of a write that was cut off, nothing or its first records are there.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes records behind the others. When this has ended, they outlive the process.</summary>
    /// <param name="records">None of them empty.</param>
    /// <param name="cancellationToken">Gives up; what was written until then may be there.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default);

    /// <summary>Puts one record in the place of all. Wherever this is cut off, either the old ones are there or the new one.</summary>
    /// <param name="record">Not empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    ValueTask ReplaceAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken = default);

    /// <summary>Removes all records.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">They cannot be removed.</exception>
    ValueTask ClearAsync(CancellationToken cancellationToken = default);
}
