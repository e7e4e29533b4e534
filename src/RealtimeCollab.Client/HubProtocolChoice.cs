namespace RealtimeCollab.Client;

/// <summary>How messages are written on a connection; what they say is the same.</summary>
public enum HubProtocolChoice
{
    /// <summary>Binary, and shorter.</summary>
    MessagePack,

    /// <summary>Readable on the way.</summary>
    Json,
}
