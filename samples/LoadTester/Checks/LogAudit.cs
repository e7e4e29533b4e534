using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Checks;

/// <summary>
/// Reads a document's log and looks whether every acknowledged operation stands in it exactly once: the numbers of each client's operations follow
/// one another from 1 to at least the last one that was acknowledged.
/// </summary>
internal sealed class LogAudit(string documentId)
{
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private long _revision;

    /// <summary>Takes the next entries of the log in.</summary>
    public void Read(IEnumerable<CommittedOperation> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Revision != ++_revision)
                _violations.Add($"{documentId}: revision {entry.Revision} stands where {_revision} belongs.");
            _revision = entry.Revision;
            ReadNumber(entry.OperationId);
        }
    }

    /// <summary>A sentence for each acknowledged operation that is missing or stands there twice.</summary>
    /// <param name="acknowledged">The last acknowledged number of each client.</param>
    public IReadOnlyList<string> Finish(IEnumerable<(string ClientId, long Number)> acknowledged)
    {
        foreach (var (client, number) in acknowledged)
        {
            var last = _numbers.GetValueOrDefault(client);
            if (last < number)
                _violations.Add($"{documentId}: {OperationName.Of(client, number)} was acknowledged, and the log ends at number {last}.");
        }

        return _violations;
    }

    private void ReadNumber(string operationId)
    {
        var (client, number) = OperationName.Parse(operationId);
        // the text that a document begins with is nobody's operation
        if (number == 0)
            return;
        var expected = _numbers.GetValueOrDefault(client) + 1;
        if (number != expected)
            _violations.Add($"{documentId}: {operationId} stands where number {expected} belongs.");
        _numbers[client] = Math.Max(number, expected - 1);
    }
}
