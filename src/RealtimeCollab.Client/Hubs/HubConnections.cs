using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client.Connection;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Builds HubConnections over WebSockets.</summary>
public static class HubConnections
{
    // half of what the server allows for silence, as SignalR's documentation has it; presence depends on these
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Builds a connection, which is not started yet. Those made with the same options are one client to the server.</summary>
    /// <param name="hub">The hub's name, such as <c>document</c>.</param>
    /// <param name="connection">Where to, and as whom.</param>
    /// <param name="options">Where to log.</param>
    public static HubConnection Build(string hub, CollabConnectionOptions connection, CollabClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(hub);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        var builder = new HubConnectionBuilder();
        _ = connection.Protocol == HubProtocolChoice.Json ? builder.AddRealtimeCollabJson() : builder.AddRealtimeCollabMessagePack();
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(Address(hub, connection)));
        builder.Services.AddSingleton<IConnectionFactory>(services => new WebSocketConnectionFactory(
            services.GetRequiredService<IHubProtocol>().TransferFormat, connection.AccessToken, connection.AccessTokenPlacement));

        var built = builder.Build();
        built.KeepAliveInterval = KeepAlive;
        built.ServerTimeout = ServerTimeout;
        return built;
    }

    private static Uri Address(string hub, CollabConnectionOptions connection)
    {
        var server = connection.Server.AbsoluteUri.TrimEnd('/');
        var device = connection.Device is null ? "" : $"&device={Uri.EscapeDataString(connection.Device)}";
        return new Uri($"{server}/hubs/{hub}?clientId={Uri.EscapeDataString(connection.ClientId)}{device}");
    }
}
