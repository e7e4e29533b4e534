using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>
/// What the server told clients, noted where it came off the wire: which operation is committed as which revision, by the result of
/// its submission or by the entry that came over, and what was refused.
/// </summary>
internal sealed class Told
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string DocumentId, string OperationId), long> _revisions = [];
    private readonly List<string> _contradictions = [];
    private readonly List<string> _otherRefusals = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private long _acknowledged;
    private long _unavailable;

    /// <summary>Submissions that were answered with a revision.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Operations that were told with two revisions.</summary>
    public IReadOnlyList<string> Contradictions
    {
        get
        {
            lock (_lock)
                return [.. _contradictions];
        }
    }

    /// <summary>Refusals other than store_unavailable.</summary>
    public IReadOnlyList<string> OtherRefusals
    {
        get
        {
            lock (_lock)
                return [.. _otherRefusals];
        }
    }

    /// <summary>The operations of a document that are committed, as far as any client knows, with their revisions.</summary>
    public IReadOnlyList<(long Revision, string OperationId)> Of(string documentId)
    {
        lock (_lock)
            return [.. _revisions.Where(told => told.Key.DocumentId == documentId).Select(told => (told.Value, told.Key.OperationId))];
    }

    /// <summary>Waits until so many more submissions were acknowledged.</summary>
    public Task AcknowledgedAsync(long more)
    {
        var goal = Acknowledged + more;
        return UntilAsync(() => _acknowledged >= goal);
    }

    /// <summary>Waits until so many more calls were refused with store_unavailable.</summary>
    public Task RefusedAsync(long more)
    {
        var goal = Interlocked.Read(ref _unavailable) + more;
        return UntilAsync(() => _unavailable >= goal);
    }

    public void Listen(HubMessage? message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case CompletionMessage { Result: SubmitOperationResult result }:
                    _acknowledged++;
                    Note(result.DocumentId, result.OperationId, result.Revision);
                    break;
                case CompletionMessage { Result: OperationBatch fetched }:
                    Note(fetched);
                    break;
                case InvocationMessage { Target: nameof(IDocumentClient.OperationsApplied), Arguments: [OperationBatch pushed] }:
                    Note(pushed);
                    break;
                case CompletionMessage { Error: { } error } when error.Contains(ErrorCodes.StoreUnavailable, StringComparison.Ordinal):
                    _unavailable++;
                    break;
                case CompletionMessage { Error: { } error }:
                    _otherRefusals.Add(error);
                    break;
            }

            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition()))
                met.TrySetResult();
        }
    }

    private void Note(OperationBatch batch)
    {
        foreach (var entry in batch.Operations)
            Note(batch.DocumentId, entry.OperationId, entry.Revision);
    }

    private void Note(string documentId, string operationId, long revision)
    {
        if (!_revisions.TryAdd((documentId, operationId), revision) && _revisions[(documentId, operationId)] is var before && before != revision)
            _contradictions.Add($"{documentId}: {operationId} was told with revision {before} and with {revision}");
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var waiting = (condition, Met: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (condition())
                return;
            _waiting.Add(waiting);
        }

        await waiting.Met.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        lock (_lock)
            _waiting.Remove(waiting);
    }
}
