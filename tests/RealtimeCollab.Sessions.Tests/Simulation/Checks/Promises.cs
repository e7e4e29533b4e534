using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;
using static RealtimeCollab.Sessions.Tests.Simulation.Machinery.SimulationFailure;

namespace RealtimeCollab.Sessions.Tests.Simulation.Checks;

/// <summary>What sessions promise, checked against what was committed whenever they say or show something.</summary>
internal sealed class Promises(World world)
{
    private readonly Dictionary<string, (string SessionId, long Revision)> _shown = new(StringComparer.Ordinal);

    /// <summary>Operations that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>P1: what is acknowledged is in the store. And an error means that nothing was committed, unless its code says that nobody knows.</summary>
    public async Task<long> AnswerOfAsync(Task<long> submitted, string userId, SubmitOperationRequest request)
    {
        var ledger = world.LedgerOf(request.DocumentId);
        try
        {
            var revision = await submitted;
            var committed = ledger.FindRevision(userId, request.OperationId);
            Unless(committed == revision, $"P1: {request.OperationId} was acknowledged as {revision}; the log has it as {committed?.ToString() ?? "nothing"}");
            Acknowledged++;
            return revision;
        }
        catch (CollabException refusal)
        {
            world.Trace.Add("session", $"refuses {request.OperationId}: {refusal.Error}", request.BaseRevision);
            Unless(
                refusal.Error is CollabError.StoreUnavailable or CollabError.ServerDraining or CollabError.RevisionTooOld or CollabError.RateLimited
                    || ledger.FindRevision(userId, request.OperationId) is null,
                $"{request.OperationId} was refused as {refusal.Error} and is in the log");
            throw;
        }
    }

    /// <summary>What a room is told is committed.</summary>
    public void OnPublished(string documentId, IReadOnlyList<LogEntry> entries)
    {
        var ledger = world.LedgerOf(documentId);
        foreach (var entry in entries)
        {
            Unless(
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
        Unless(sessionId != session.SessionId || state.Revision > revision, $"P4: the session at {place} went from {revision} back to {state.Revision}");
        _shown[place] = (session.SessionId, state.Revision);
        var ledger = world.LedgerOf(session.DocumentId);
        Unless(state.Revision <= ledger.Head, $"P1: the session at {place} shows {state.Revision}; the log is at {ledger.Head}");
        Unless(Content.AreEqual(state.Document, ledger.ContentAt(state.Revision)), $"P3: the session at {place} shows at {state.Revision} what the log does not lead to");
    }
}
