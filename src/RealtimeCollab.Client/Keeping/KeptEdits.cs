namespace RealtimeCollab.Client.Keeping;

/// <summary>Reads what an earlier process has left of a document.</summary>
internal static class KeptEdits
{
    /// <exception cref="CollabClientException"><c>edit_store_failed</c>: it is open elsewhere, or cannot be read.</exception>
    public static async Task<(IEditJournal Journal, IReadOnlyList<EditRecord> Records)> OpenAsync(
        IEditStore store, string documentId, CancellationToken cancellationToken)
    {
        IEditJournal? journal = null;
        try
        {
            journal = await store.OpenAsync(documentId, cancellationToken).ConfigureAwait(false);
            var records = await journal.ReadAsync(cancellationToken).ConfigureAwait(false);
            return (journal, [.. records.Select(EditRecord.Read)]);
        }
        catch (Exception error)
        {
            if (journal is not null)
                await journal.DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException)
                throw;
            throw CollabClientException.NotKept(error);
        }
    }
}
