namespace RealtimeCollab.Protocol.Presence;

/// <summary>What clients call at <c>/hubs/presence</c>. A refused call fails with a HubException whose text is <c>code: message</c>.</summary>
public interface IPresenceHub
{
    /// <summary>Sets the status of the device; it stays until it is set again or the device is gone.</summary>
    Task SetStatus(SetStatusRequest request);

    /// <summary>Follows users and the members of documents, beside those already followed. Returns how those of this call are now.</summary>
    Task<PresenceUsers> Watch(WatchRequest request);

    /// <summary>Stops following.</summary>
    Task Unwatch(UnwatchRequest request);

    /// <summary>Tells how users are now, without following them.</summary>
    Task<PresenceUsers> GetPresence(GetPresenceRequest request);

    /// <summary>Tells every 10 seconds, and when it changes, whether somebody is at the device.</summary>
    Task Heartbeat(PresenceHeartbeatRequest request);
}
