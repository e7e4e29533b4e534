namespace RealtimeCollab.LocalServers;

/// <summary>A server's program is not installed, or did not start. The message says what to do.</summary>
public sealed class ServerMissingException : Exception
{
    /// <summary>With a message for whoever runs the program.</summary>
    public ServerMissingException(string message)
        : base(message)
    {
    }
}
