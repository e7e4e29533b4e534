using RealtimeCollab.Sessions.Rooms.Nodes;

namespace RealtimeCollab.Sessions.Rooms;

/// <summary>What changed in a room by what another node said.</summary>
/// <param name="Came">Members that came, or changed between reading and editing.</param>
/// <param name="Left">Members that went with the last of their connections.</param>
/// <param name="IsListChanged">The list of members, or a count, is another now.</param>
internal sealed record RoomChanges(IReadOnlyList<RoomMember> Came, IReadOnlyList<RoomMember> Left, bool IsListChanged);

/// <summary>What other nodes have not heard.</summary>
/// <param name="IsChanged">There is something to be heard.</param>
/// <param name="Present">Connections that came or changed, or all.</param>
/// <param name="Gone">The ids of connections that went.</param>
internal sealed record UnsaidChanges(bool IsChanged, IReadOnlyList<RoomEntry> Present, IReadOnlyList<string> Gone);

/// <summary>What became of a selection.</summary>
internal enum SelectionOutcome
{
    Taken,
    NotHere,
    OutOfRange,
}
