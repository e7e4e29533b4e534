using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Tests.Faults;

/// <summary>Compares what a store holds with what the clients of a flood were told, typed and show.</summary>
internal sealed class FloodAudit(Flood flood, string when)
{
    private readonly string _because = $"seed {flood.Seed}, {when}";

    /// <summary>At any time: the log is whole, holds all that was ever told to be committed, and nothing twice.</summary>
    public async Task AssertNothingLostAsync(IOperationLog log)
    {
        Assert.True(flood.Told.Contradictions.Count == 0, $"{_because}: {string.Join("; ", flood.Told.Contradictions)}");
        foreach (var documentId in Flood.DocumentIds)
            AssertNothingLost(documentId, await ReadAsync(log, documentId));
    }

    /// <summary>When all is saved and nobody types: also, each edit is in the log once, and everybody shows what the log replays to.</summary>
    public async Task AssertConvergedAsync(IOperationLog log)
    {
        await AssertNothingLostAsync(log);
        foreach (var room in flood.Typists.GroupBy(typist => typist.Document.Id, StringComparer.Ordinal))
        {
            var entries = await ReadAsync(log, room.Key);
            var content = entries.Aggregate(Document.Empty, (document, entry) => document.Apply(entry.Operation)).ToString();
            foreach (var typist in room)
            {
                var committed = entries.Count(entry => string.Equals(entry.UserId, typist.UserId, StringComparison.Ordinal));
                Require(committed == typist.Typed, $"{room.Key}: {typist.UserId} typed {typist.Typed} edits, the log has {committed}");
                Require(typist.Document.Revision == entries.Count, $"{room.Key}: {typist.UserId} is at {typist.Document.Revision} of {entries.Count}");
                Require(string.Equals(typist.Document.Text, content, StringComparison.Ordinal), $"{room.Key}: {typist.UserId} shows another content than the log");
            }
        }
    }

    private static async Task<IReadOnlyList<LogEntry>> ReadAsync(IOperationLog log, string documentId) =>
        await log.ReadAsync(documentId, 0, int.MaxValue, TestContext.Current.CancellationToken);

    private void AssertNothingLost(string documentId, IReadOnlyList<LogEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
            Require(entries[i].Revision == i + 1, $"{documentId}: revision {entries[i].Revision} stands in place {i + 1}");

        var twice = entries.GroupBy(entry => (entry.UserId, entry.OperationId)).FirstOrDefault(same => same.Count() > 1);
        Require(twice is null, $"{documentId}: {twice?.Key} is in the log {twice?.Count()} times");

        foreach (var (revision, operationId) in flood.Told.Of(documentId))
        {
            var isThere = revision <= entries.Count && string.Equals(entries[(int)revision - 1].OperationId, operationId, StringComparison.Ordinal);
            Require(isThere, $"{documentId}: {operationId}, acknowledged as revision {revision}, is not there; the head is {entries.Count}");
        }
    }

    private void Require(bool condition, string otherwise) => Assert.True(condition, $"{_because}: {otherwise}");
}
