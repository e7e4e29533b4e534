using Microsoft.AspNetCore.SignalR;

namespace RealtimeCollab.Server.Delivery.Backplane;

/// <summary>What the nodes of one hub tell each other. <see cref="NodeMessageFormat"/> has the form.</summary>
/// <param name="NodeId">The node that says it.</param>
internal abstract record NodeMessage(string NodeId);

/// <summary>A message for connections, wherever they are.</summary>
internal sealed record BroadcastMessage(string NodeId, Audience Audience, SerializedHubMessage Payload) : NodeMessage(NodeId);

/// <summary>A connection is to join a group, or to leave it, on the node that has it; that node answers with the id.</summary>
internal sealed record GroupCommand(string NodeId, long Id, bool IsJoin, string ConnectionId, string GroupName) : NodeMessage(NodeId);

/// <summary>A command of another node was carried out.</summary>
internal sealed record CommandDone(string NodeId, long Id) : NodeMessage(NodeId);
