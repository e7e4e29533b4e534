using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>What sessions promise, checked against what was committed whenever they say or show something.</summary>
internal sealed class Promises(World world)
{
    private readonly Dictionary<string, (string SessionId, long Revision)> _shown = new(StringComparer.Ordinal);
    private readonly List<VirtualProcess> _unanswered = [];
    private readonly Dictionary<(string UserId, string OperationId), int> _attempts = [];

    /// <summary>A node that lives still owes somebody an answer.</summary>
    public bool OwesAnswers => _unanswered.Exists(process => process.IsAlive);

    /// <summary>P1: what is acknowledged is in the store. And an error means that nothing was committed, unless its code says that nobody knows.</summary>
    public async Task<long> AnswerOfAsync(VirtualProcess node, Func<Task<long>> submit, string userId, SubmitOperationRequest request)
    {
        _unanswered.Add(node);
        var ledger = world.LedgerOf(request.DocumentId);
        var identity = (userId, request.OperationId);
        _attempts[identity] = _attempts.GetValueOrDefault(identity) + 1;
        var wasCommitted = ledger.FindRevision(userId, request.OperationId) is not null;
        try
        {
            var revision = await submit();
            var committed = ledger.FindRevision(userId, request.OperationId);
            world.Scheduler.Require(committed == revision, $"P1: {request.OperationId} was acknowledged as {revision}; the log has it as {committed?.ToString() ?? "nothing"}");
            world.Tally.Count("acknowledgement");
            return revision;
        }
        catch (CollabException refusal)
        {
            world.Trace.Add("session", $"refuses {request.OperationId}: {refusal.Error}", request.BaseRevision);
            world.Tally.Count($"refusal {refusal.Error}");
            // another attempt, on another connection or node, may take place while this one is refused
            var mayBeCommittedMeanwhile = !wasCommitted && _attempts[identity] > 1;
            world.Scheduler.Require(
                refusal.Error is CollabError.StoreUnavailable or CollabError.ServerDraining or CollabError.RevisionTooOld or CollabError.RateLimited
                    || mayBeCommittedMeanwhile || ledger.FindRevision(userId, request.OperationId) is null,
                $"{request.OperationId} was refused as {refusal.Error} and is in the log");
            throw;
        }
        finally
        {
            _unanswered.Remove(node);
        }
    }

    /// <summary>What a room is told is committed.</summary>
    public void OnPublished(string documentId, IReadOnlyList<LogEntry> entries)
    {
        var ledger = world.LedgerOf(documentId);
        foreach (var entry in entries)
        {
            world.Scheduler.Require(
                entry.Revision <= ledger.Head && ledger[entry.Revision] == entry,
                $"P1: revision {entry.Revision} of {documentId} was published and is not in the log");
        }
    }

    /// <summary>What sessions show is the log's replay, and goes forward.</summary>
    public void CheckSessions()
    {
        foreach (var node in world.Nodes)
        {
            foreach (var session in node.JoinedSessions)
                Check($"{node.Name}/{session.DocumentId}", session);
        }
    }

    private void Check(string place, DocumentSession session)
    {
        var state = session.State;
        var (sessionId, revision) = _shown.GetValueOrDefault(place);
        if (sessionId == session.SessionId && revision == state.Revision)
            return;
        world.Scheduler.Require(sessionId != session.SessionId || state.Revision > revision, $"P4: the session at {place} went from {revision} back to {state.Revision}");
        _shown[place] = (session.SessionId, state.Revision);
        var ledger = world.LedgerOf(session.DocumentId);
        world.Scheduler.Require(state.Revision <= ledger.Head, $"P1: the session at {place} shows {state.Revision}; the log is at {ledger.Head}");
        world.Scheduler.Require(Content.AreEqual(state.Document, ledger.ContentAt(state.Revision)), $"P3: the session at {place} shows at {state.Revision} what the log does not lead to");
    }
}
