namespace RealtimeCollab.Protocol;

/// <summary>The first callback on every hub: who the server takes the connection for, and what it accepts.</summary>
public sealed record WelcomeMessage
{
    /// <summary>The client's own id, or one made by the server if the client gave none.</summary>
    public required string ClientId { get; init; }

    /// <summary>The node that answers; changes with every start of a server.</summary>
    public required string ServerId { get; init; }

    /// <summary>The user's id, from the token's <c>sub</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name, from the token's <c>name</c>.</summary>
    public required string UserName { get; init; }

    /// <summary>The version of this contract, see <see cref="ProtocolVersion.Current"/>.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>The limits in force.</summary>
    public required ServerLimits Limits { get; init; }
}
