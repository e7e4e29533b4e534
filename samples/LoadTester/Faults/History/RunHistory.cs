namespace RealtimeCollab.LoadTester.Faults.History;

/// <summary>All that happened in a run.</summary>
/// <param name="Documents">Each document's.</param>
/// <param name="Rooms">Each chat room's.</param>
internal sealed record RunHistory(IReadOnlyList<DocumentHistory> Documents, IReadOnlyList<RoomHistory> Rooms);
