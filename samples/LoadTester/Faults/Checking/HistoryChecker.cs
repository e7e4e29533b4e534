using RealtimeCollab.LoadTester.Faults.History;

namespace RealtimeCollab.LoadTester.Faults.Checking;

/// <summary>Compares what happened with what there is in the end.</summary>
internal static class HistoryChecker
{
    /// <summary>All violations; none: every promise was kept.</summary>
    public static IReadOnlyList<Violation> Check(RunHistory history, FinalState state)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(state);
        var violations = new List<Violation>();
        var documents = state.Documents.ToDictionary(document => document.DocumentId, StringComparer.Ordinal);
        foreach (var document in history.Documents)
            violations.AddRange(new DocumentChecker(document, documents[document.DocumentId]).Check());
        var rooms = state.Rooms.ToDictionary(room => room.RoomId, StringComparer.Ordinal);
        foreach (var room in history.Rooms)
            violations.AddRange(new RoomChecker(room, rooms[room.RoomId]).Check());
        return violations;
    }
}
