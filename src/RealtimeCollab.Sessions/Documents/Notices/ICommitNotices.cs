namespace RealtimeCollab.Sessions.Documents.Notices;

/// <summary>
/// Tells nodes what others committed. A hint: a notice may be late, lost, doubled or out of order, and a node that hears none reads from the store
/// what it needs. Safe for concurrent use.
/// </summary>
public interface ICommitNotices
{
    /// <summary>Tells all other nodes that have the document open. Does not wait for them.</summary>
    void Publish(CommitNotice notice);

    /// <summary>
    /// Hears of a document, until the result is disposed, what others publish. Waits for a way that is away for a moment only.
    /// </summary>
    /// <param name="documentId">The document.</param>
    /// <param name="onNotice">Must not block; called by any thread.</param>
    ValueTask<IDisposable> FollowAsync(string documentId, Action<CommitNotice> onNotice);
}
