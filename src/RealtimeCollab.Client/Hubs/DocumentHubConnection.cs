using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client.Connection;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Builds HubConnections over WebSockets.</summary>
internal static class DocumentHubConnection
{
    private const string Path = "hubs/document";

    // half of what the server allows for silence, as SignalR's documentation has it; presence depends on these
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(15);

    public static HubConnection Build(CollabConnectionOptions connection, CollabClientOptions options)
    {
        var builder = new HubConnectionBuilder().AddRealtimeCollabJson();
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(Address(connection)));
        builder.Services.AddSingleton<IConnectionFactory>(services => new WebSocketConnectionFactory(
            services.GetRequiredService<IHubProtocol>().TransferFormat, connection.AccessToken, connection.AccessTokenPlacement));

        var built = builder.Build();
        built.KeepAliveInterval = KeepAlive;
        built.ServerTimeout = ServerTimeout;
        return built;
    }

    private static Uri Address(CollabConnectionOptions connection)
    {
        var server = connection.Server.AbsoluteUri.TrimEnd('/');
        var clientId = connection.ClientId ?? Guid.NewGuid().ToString("N");
        var device = connection.Device is null ? "" : $"&device={Uri.EscapeDataString(connection.Device)}";
        return new Uri($"{server}/{Path}?clientId={Uri.EscapeDataString(clientId)}{device}");
    }
}
