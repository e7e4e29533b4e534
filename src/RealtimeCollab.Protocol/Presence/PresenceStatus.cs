namespace RealtimeCollab.Protocol.Presence;

/// <summary>How a user is to be found. Over the user's devices the first of editing, busy, online, away and offline wins.</summary>
public enum PresenceStatus
{
    /// <summary>Here; becomes <see cref="Away"/> by itself when nobody touches the device.</summary>
    Online,

    /// <summary>Connected, but not there.</summary>
    Away,

    /// <summary>There, and not to be disturbed.</summary>
    Busy,

    /// <summary>Changed a document within the last 10 seconds; derived by the server, never set.</summary>
    Editing,

    /// <summary>No device is connected; derived by the server, never set.</summary>
    Offline,
}
