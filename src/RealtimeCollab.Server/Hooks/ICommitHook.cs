using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Hears of operations that this node has committed. Added with <see cref="DocumentHookServiceCollectionExtensions.AddDocumentHook{THook}"/>.</summary>
public interface ICommitHook
{
    /// <summary>
    /// Operations are on disk. One call after another, those of a document in the order of their revisions; nobody waits for it. Is not called for what
    /// other nodes commit, nor for what was committed just before the process was killed, and not for batches that find the queue full
    /// (<see cref="Configuration.HookOptions.CommitQueueLength"/>): whoever must miss nothing reads the log.
    /// </summary>
    /// <param name="committed">What was committed.</param>
    /// <param name="cancellationToken">The time limit is over, or the node stops.</param>
    ValueTask OnCommittedAsync(CommittedOperations committed, CancellationToken cancellationToken);
}

/// <summary>Operations that were committed to a document at once.</summary>
/// <param name="DocumentId">The document's id.</param>
/// <param name="Operations">Consecutive, in the order of their revisions; at least one.</param>
public sealed record CommittedOperations(string DocumentId, IReadOnlyList<LogEntry> Operations)
{
    /// <summary>The place alone: text does not belong into logs.</summary>
    public override string ToString() => $"{nameof(CommittedOperations)} {Operations[0].Revision} to {Operations[^1].Revision} of {DocumentId}";
}
