using System.Diagnostics;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>Collects the history of one document while it happens. Safe for any thread.</summary>
internal sealed class DocumentRecord(string documentId)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Client, long At)> _submissions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _acknowledgedIds = new(StringComparer.Ordinal);
    private readonly List<Acknowledgement> _acknowledgements = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);

    /// <summary>A client sends an operation, perhaps again.</summary>
    public void Submitted(string client, string operationId)
    {
        lock (_lock)
            _submissions.TryAdd(operationId, (client, Stopwatch.GetTimestamp()));
    }

    /// <summary>A client's operation is committed. Returns when it was first sent, if that is news.</summary>
    public long? Acknowledged(string client, SubmitOperationResult result)
    {
        lock (_lock)
        {
            _acknowledgements.Add(new Acknowledgement(client, result.OperationId, result.Revision));
            return _acknowledgedIds.Add(result.OperationId) && _submissions.TryGetValue(result.OperationId, out var sent) ? sent.At : null;
        }
    }

    /// <summary>A client was told entries. Returns when the last of the others' was sent.</summary>
    public long? Delivered(string client, IReadOnlyList<CommittedOperation> entries)
    {
        long? lastOfOthers = null;
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _deliveries.Add(new Delivery(client, entry.Revision, entry.OperationId, entry.Operation));
                if (_submissions.TryGetValue(entry.OperationId, out var sent) && !string.Equals(sent.Client, client, StringComparison.Ordinal))
                    lastOfOthers = Math.Max(lastOfOthers ?? 0, sent.At);
            }
        }

        return lastOfOthers;
    }

    /// <summary>Somebody wrote a line.</summary>
    public void Wrote(string line)
    {
        lock (_lock)
            _lines.Add(line);
    }

    /// <summary>Somebody took a line back.</summary>
    public void TookBack(string line)
    {
        lock (_lock)
            _lines.Remove(line);
    }

    /// <summary>Whether a line was saved or taken back is not known.</summary>
    public void GaveUp(string line)
    {
        lock (_lock)
        {
            _lines.Remove(line);
            _givenUp.Add(line);
        }
    }

    public DocumentHistory ToHistory()
    {
        lock (_lock)
        {
            return new DocumentHistory
            {
                DocumentId = documentId,
                Submissions = [.. _submissions.Select(sent => new Submission(sent.Value.Client, sent.Key))],
                Acknowledgements = [.. _acknowledgements],
                Deliveries = [.. _deliveries],
                Lines = [.. _lines],
                GivenUp = [.. _givenUp],
            };
        }
    }
}
