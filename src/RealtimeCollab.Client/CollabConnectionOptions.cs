using RealtimeCollab.Client.Connection;

namespace RealtimeCollab.Client;

/// <summary>Which server to connect to, and as whom.</summary>
public sealed record CollabConnectionOptions
{
    /// <summary>The server's base address, http or https.</summary>
    public required Uri Server { get; init; }

    /// <summary>Gives the access token, before every connection, so that it may be a new one each time.</summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessToken { get; init; }

    /// <summary>Where the token goes.</summary>
    public AccessTokenPlacement AccessTokenPlacement { get; init; }

    /// <summary>How messages are written.</summary>
    public HubProtocolChoice Protocol { get; init; }

    /// <summary>Random, and the same for all connections of this client, over all hubs; with it they are one device to the others.</summary>
    public string ClientId { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>A label of the device, for others to see.</summary>
    public string? Device { get; init; }
}
