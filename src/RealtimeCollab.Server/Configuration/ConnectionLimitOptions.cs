namespace RealtimeCollab.Server.Configuration;

/// <summary>What the server accepts before a client is there to be told; settings of the section <c>RealtimeCollab:Limits</c> too.</summary>
public sealed record ConnectionLimitOptions
{
    /// <summary>How long a connection may take to send SignalR's handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Sockets over which no valid token was shown yet, where the host counts them (<c>UseRealtimeCollabLimits</c>); 0 for no limit.</summary>
    public int UnauthenticatedConnections { get; init; } = 10_000;

    /// <summary>Of these, from one address; 0 for no limit.</summary>
    public int UnauthenticatedConnectionsPerAddress { get; init; } = 2_000;
}
