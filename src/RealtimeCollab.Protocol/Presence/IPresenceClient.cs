namespace RealtimeCollab.Protocol.Presence;

/// <summary>What the server calls on clients of <c>/hubs/presence</c>.</summary>
public interface IPresenceClient : ICollabClient
{
    /// <summary>Watched users changed; all that changed within a tenth of a second together, the latest of each.</summary>
    Task PresenceChanged(PresenceUsers message);

    /// <summary>Those of <see cref="PresenceChanged"/> who came online; sent after it.</summary>
    Task UserOnline(PresenceUsers message);

    /// <summary>Those of <see cref="PresenceChanged"/> who went offline; sent after it.</summary>
    Task UserOffline(PresenceUsers message);
}
