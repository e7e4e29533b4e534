namespace RealtimeCollab.Sessions.Presence;

/// <summary>How a user is to be found, in the order in which devices are merged: the highest wins.</summary>
public enum Availability
{
    /// <summary>No device is here.</summary>
    Offline,

    /// <summary>Set by the user, or nobody has touched the device for <see cref="PresenceOptions.AwayAfter"/>.</summary>
    Away,

    /// <summary>Here.</summary>
    Online,

    /// <summary>Here, and not to be disturbed.</summary>
    Busy,

    /// <summary>Changed a document within <see cref="PresenceOptions.EditingLasts"/>.</summary>
    Editing,
}
