using RealtimeCollab.LoadTester.Faults.History;

namespace RealtimeCollab.LoadTester.Faults.Checking;

/// <summary>Checks one chat room.</summary>
internal sealed class RoomChecker(RoomHistory history, FinalRoom room)
{
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<long, string> _stored = [];

    public IReadOnlyList<Violation> Check()
    {
        CheckStored();
        CheckSent();
        foreach (var (client, seen) in history.Seen)
            CheckSeen(client, seen);
        return _violations;
    }

    private void CheckStored()
    {
        for (var i = 0; i < room.Messages.Count; i++)
        {
            var (sequence, content) = room.Messages[i];
            if (sequence != i + 1)
                Add(ViolationKind.Gap, $"message {sequence} stands in place {i + 1}");
            _stored[sequence] = content;
        }

        foreach (var same in room.Messages.GroupBy(message => message.Content, StringComparer.Ordinal).Where(same => same.Count() > 1))
            Add(ViolationKind.Doubled, $"messages {string.Join(", ", same.Select(message => message.Sequence))} are the same");
        var sent = history.Sent.Select(message => message.Content).ToHashSet(StringComparer.Ordinal);
        foreach (var (sequence, _) in room.Messages.Where(message => !sent.Contains(message.Content)))
            Add(ViolationKind.Invented, $"nobody sent message {sequence}");
    }

    private void CheckSent()
    {
        foreach (var message in history.Sent)
        {
            if (message.Sequence is { } sequence && !string.Equals(_stored.GetValueOrDefault(sequence), message.Content, StringComparison.Ordinal))
                Add(ViolationKind.Lost, $"message {sequence}, acknowledged to {message.Client}, is not in the store or another one");
        }
    }

    private void CheckSeen(string client, IReadOnlyList<SeenMessage> seen)
    {
        for (var i = 0; i < seen.Count; i++)
        {
            if (i > 0 && seen[i].Sequence <= seen[i - 1].Sequence)
                Add(ViolationKind.OrderDiffers, $"{client} was shown message {seen[i].Sequence} behind {seen[i - 1].Sequence}");
            if (!string.Equals(_stored.GetValueOrDefault(seen[i].Sequence), seen[i].Content, StringComparison.Ordinal))
                Add(ViolationKind.OrderDiffers, $"{client} was shown another message {seen[i].Sequence} than the store's");
        }

        var missed = _stored.Keys.Except(seen.Select(message => message.Sequence)).ToList();
        if (missed.Count > 0)
            Add(ViolationKind.Missed, $"{client} was not shown {missed.Count} messages, the first of them {missed[0]}");
    }

    private void Add(ViolationKind kind, string what) => _violations.Add(new Violation(kind, room.RoomId, what));
}
