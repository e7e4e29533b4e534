namespace RealtimeCollab.Protocol;

/// <summary>The version of the wire contract.</summary>
public static class ProtocolVersion
{
    /// <summary>Raised when a client written for the version before would misread the server.</summary>
    public const int Current = 1;
}
