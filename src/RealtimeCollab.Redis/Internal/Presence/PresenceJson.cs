using System.Text.Json.Serialization;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;

namespace RealtimeCollab.Redis.Internal.Presence;

/// <summary>How nodes write what they say.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NodeUpdate))]
[JsonSerializable(typeof(NodePresence))]
internal sealed partial class PresenceJson : JsonSerializerContext;
