using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Faults.Checking;

/// <summary>
/// Checks one document. Where the store has let go of old history, the entries that clients were told stand in its place, and all of them must have been
/// told the same.
/// </summary>
internal sealed class DocumentChecker(DocumentHistory history, FinalDocument document)
{
    private readonly List<Violation> _violations = [];
    private readonly SortedDictionary<long, StoredEntry> _entries = [];

    public IReadOnlyList<Violation> Check()
    {
        CheckStoredOrder();
        CheckTold();
        CheckAcknowledged();
        CheckSubmitted();
        CheckContent();
        return _violations;
    }

    private void CheckStoredOrder()
    {
        for (var i = 0; i < document.Log.Count; i++)
        {
            var entry = document.Log[i];
            if (i > 0 && entry.Revision != document.Log[i - 1].Revision + 1)
                Add(ViolationKind.Gap, $"revision {entry.Revision} stands behind {document.Log[i - 1].Revision}");
            _entries.TryAdd(entry.Revision, entry);
        }
    }

    private void CheckTold()
    {
        var firstStored = document.Log.Count == 0 ? long.MaxValue : document.Log[0].Revision;
        foreach (var told in history.Deliveries)
        {
            if (!_entries.TryGetValue(told.Revision, out var entry))
            {
                if (told.Revision < firstStored)
                    _entries.Add(told.Revision, new StoredEntry(told.Revision, told.OperationId, told.Operation));
                else
                    Add(ViolationKind.Lost, $"revision {told.Revision}, which {told.Client} was told, is not in the store");
            }
            else if (!string.Equals(entry.OperationId, told.OperationId, StringComparison.Ordinal) || !entry.Operation.Equals(told.Operation))
            {
                Add(ViolationKind.OrderDiffers, $"{told.Client} was told {told.OperationId} as revision {told.Revision}, which is {entry.OperationId}");
            }
        }
    }

    private void CheckAcknowledged()
    {
        foreach (var answer in history.Acknowledgements)
        {
            if (!_entries.TryGetValue(answer.Revision, out var entry))
                Add(ViolationKind.Lost, $"{answer.OperationId}, acknowledged to {answer.Client} as revision {answer.Revision}, is not in the store");
            else if (!string.Equals(entry.OperationId, answer.OperationId, StringComparison.Ordinal))
                Add(ViolationKind.Lost, $"{answer.OperationId} was acknowledged to {answer.Client} as revision {answer.Revision}, which is {entry.OperationId}");
        }
    }

    private void CheckSubmitted()
    {
        var submitted = history.Submissions.Select(submission => submission.OperationId).ToHashSet(StringComparer.Ordinal);
        foreach (var same in _entries.Values.GroupBy(entry => entry.OperationId, StringComparer.Ordinal))
        {
            if (same.Count() > 1)
                Add(ViolationKind.Doubled, $"{same.Key} is there as revisions {string.Join(", ", same.Select(entry => entry.Revision))}");
            if (!submitted.Contains(same.Key))
                Add(ViolationKind.Invented, $"nobody sent {same.Key}, which is revision {same.First().Revision}");
        }
    }

    private void CheckContent()
    {
        if (Replay() is not { } replayed)
            return;
        foreach (var (name, shown) in document.Shown)
        {
            if (shown.Revision != _entries.Count)
                Add(ViolationKind.ContentDiffers, $"{name} is at revision {shown.Revision} of {_entries.Count}");
            else if (!string.Equals(shown.Content, replayed, StringComparison.Ordinal))
                Add(ViolationKind.ContentDiffers, $"{name} shows {shown.Content.Length} units of text, and the log leads to {replayed.Length} others");
        }

        var counts = replayed.Split('\n').Where(line => line.Length > 0).CountBy(line => line, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var line in history.Lines)
        {
            if (!counts.Remove(line, out var count) || count != 1)
                Add(ViolationKind.EditDiffers, $"line {line} is there {count} times");
        }

        foreach (var line in history.GivenUp)
        {
            if (counts.Remove(line, out var count) && count != 1)
                Add(ViolationKind.EditDiffers, $"line {line} is there {count} times");
        }

        foreach (var line in counts.Keys)
            Add(ViolationKind.EditDiffers, $"line {line} is there, though nobody wrote it or it was taken back");
    }

    private string? Replay()
    {
        var content = Document.Empty.ToBuilder();
        var next = 1L;
        foreach (var (revision, entry) in _entries)
        {
            if (revision != next++)
            {
                Add(ViolationKind.Gap, $"revision {next - 1} is neither in the store nor was it told to anybody");
                return null;
            }

            try
            {
                content.Apply(entry.Operation);
            }
            catch (OperationException misfit)
            {
                Add(ViolationKind.ContentDiffers, $"revision {revision} does not fit what is before it: {misfit.Message}");
                return null;
            }
        }

        return content.ToDocument().ToString();
    }

    private void Add(ViolationKind kind, string what) => _violations.Add(new Violation(kind, document.DocumentId, what));
}
