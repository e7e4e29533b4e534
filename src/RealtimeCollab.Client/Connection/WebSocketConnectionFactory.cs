using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace RealtimeCollab.Client.Connection;

/// <summary>Where the access token goes when a socket is opened.</summary>
public enum AccessTokenPlacement
{
    /// <summary>In the Authorization header; never seen in logs of addresses.</summary>
    Header,

    /// <summary>In the query, as <c>access_token</c>; for proxies that drop the header of an upgrade.</summary>
    Query,
}

/// <summary>
/// Opens WebSockets for a HubConnection, without a negotiation before. It stands in for the official package
/// Microsoft.AspNetCore.SignalR.Client, whose other transports this client does not need.
/// </summary>
public sealed class WebSocketConnectionFactory : IConnectionFactory
{
    private readonly TransferFormat _format;
    private readonly Func<CancellationToken, ValueTask<string?>>? _accessToken;
    private readonly AccessTokenPlacement _placement;

    /// <summary>Creates a factory.</summary>
    /// <param name="format">The hub protocol's own: text for JSON, binary for MessagePack.</param>
    /// <param name="accessToken">Asked before every connection, so that a token may be a new one each time; null for none.</param>
    /// <param name="placement">Where the token goes.</param>
    public WebSocketConnectionFactory(
        TransferFormat format,
        Func<CancellationToken, ValueTask<string?>>? accessToken = null,
        AccessTokenPlacement placement = AccessTokenPlacement.Header) =>
        (_format, _accessToken, _placement) = (format, accessToken, placement);

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="endpoint">A <see cref="UriEndPoint"/> of an http, https, ws or wss address.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="WebSocketException">The address does not answer or refuses.</exception>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not UriEndPoint { Uri: var address })
            throw new NotSupportedException("A WebSocket is opened to a UriEndPoint.");

        var token = _accessToken is null ? null : await _accessToken(cancellationToken).ConfigureAwait(false);
        var socket = new ClientWebSocket();
        try
        {
            // SignalR pings on its own; two kinds of pings would only hide the one that failed
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            socket.Options.CollectHttpResponseDetails = true;
            if (token is not null && _placement == AccessTokenPlacement.Header)
                socket.Options.SetRequestHeader("Authorization", new AuthenticationHeaderValue("Bearer", token).ToString());

            await socket.ConnectAsync(SocketAddress(address, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            if (error is WebSocketException && status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw CollabClientException.Unauthenticated(status, error);
            throw;
        }

        return WebSocketConnection.Start(socket, _format);
    }

    private Uri SocketAddress(Uri address, string? token)
    {
        var secure = address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeWss;
        var builder = new UriBuilder(address) { Scheme = secure ? Uri.UriSchemeWss : Uri.UriSchemeWs };
        if (address.IsDefaultPort)
            builder.Port = -1;
        if (token is not null && _placement == AccessTokenPlacement.Query)
        {
            var before = builder.Query.Length > 1 ? $"{builder.Query[1..]}&" : "";
            builder.Query = $"{before}access_token={Uri.EscapeDataString(token)}";
        }

        return builder.Uri;
    }
}
