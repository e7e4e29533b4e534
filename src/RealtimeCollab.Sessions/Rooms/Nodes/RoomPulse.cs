namespace RealtimeCollab.Sessions.Rooms.Nodes;

/// <summary>A node says that it lives, and how far its parts of rooms are; in as many messages as it takes.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="IsFirst">The first message of this beat.</param>
/// <param name="Parts">Those of the rooms in which somebody is or was.</param>
public sealed record RoomPulse(string NodeId, bool IsFirst, IReadOnlyList<RoomPartVersion> Parts);

/// <summary>How far a node's part of a room is.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="PartId">The part.</param>
/// <param name="Version">The version that was said last.</param>
public sealed record RoomPartVersion(string DocumentId, string PartId, long Version);
