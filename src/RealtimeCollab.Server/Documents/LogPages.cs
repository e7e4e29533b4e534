using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Reads a document's log in pieces that are fit to be sent.</summary>
internal static class LogPages
{
    /// <summary>Most operations that one answer holds.</summary>
    public const int MaxOperations = 1000;

    /// <summary>Read at a time, so that a thousand large operations are never in memory together.</summary>
    private const int PageOperations = 100;

    private const int MaxBatchBytes = 512 * 1024;

    /// <summary>What came after a revision: less than the limit when operations are large, but nothing only where nothing is left.</summary>
    /// <returns>The entries, and how many bytes they are about.</returns>
    public static async Task<(IReadOnlyList<LogEntry> Entries, long Bytes)> ReadAsync(
        DocumentSession session, long fromRevision, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>();
        long bytes = 0;
        while (entries.Count < limit && bytes < MaxBatchBytes)
        {
            var page = await session.ReadAsync(fromRevision + entries.Count, Math.Min(PageOperations, limit - entries.Count), cancellationToken);
            foreach (var entry in page)
            {
                entries.Add(entry);
                bytes += OperationSize.Estimate(entry.Operation);
                if (bytes >= MaxBatchBytes)
                    break;
            }

            if (page.Count == 0)
                break;
        }

        return (entries, bytes);
    }
}
