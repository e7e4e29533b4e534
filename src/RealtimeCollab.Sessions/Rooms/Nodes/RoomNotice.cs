namespace RealtimeCollab.Sessions.Rooms.Nodes;

/// <summary>What a node says of its part of a room: of those who are connected to it.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="PartId">The part: random, another one after the document left that node's memory.</param>
/// <param name="Before">The version that this changes; 0: this is everything.</param>
/// <param name="Version">The version that this leads to, counted from 1 on; the same as before where nothing changed.</param>
/// <param name="Present">Connections that came or changed.</param>
/// <param name="Gone">The ids of connections that went.</param>
/// <param name="Asks">The part that is to say everything; empty: each; null: none.</param>
public sealed record RoomNotice(
    string DocumentId,
    string PartId,
    long Before,
    long Version,
    IReadOnlyList<RoomEntry> Present,
    IReadOnlyList<string> Gone,
    string? Asks);

/// <summary>A connection in a room.</summary>
/// <param name="Member">The connection.</param>
/// <param name="Revision">The revision that its selection is meant for.</param>
public sealed record RoomEntry(RoomMember Member, long Revision);
