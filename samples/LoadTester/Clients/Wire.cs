using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.LoadTester.Measuring;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>The connection of a client to one hub, as the client makes it, but measured, and to be cut when a scenario wants it.</summary>
internal sealed class Wire : IConnectionFactory
{
    private readonly Measurements _measurements;
    private readonly WebSocketConnectionFactory _sockets;
    private volatile ConnectionContext? _socket;

    /// <param name="hub"><c>document</c>, <c>chat</c> or <c>presence</c>.</param>
    /// <param name="client">Who connects.</param>
    /// <param name="deployment">Where to.</param>
    /// <param name="answered">Hears every answer to a call.</param>
    public Wire(string hub, ClientIdentity client, Deployment deployment, Action<CompletionMessage>? answered = null)
    {
        _measurements = deployment.Measurements;
        var protocol = new MeteredProtocol(deployment.Protocol, _measurements) { Answered = answered };
        _sockets = new WebSocketConnectionFactory(protocol.TransferFormat, cancellation => deployment.Tokens.GetAsync(client, cancellation));

        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IHubProtocol>(protocol);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(deployment.HubAddress(hub, client)));
        builder.Services.AddSingleton<IConnectionFactory>(this);
        Connection = builder.Build();
        Connection.KeepAliveInterval = TimeSpan.FromSeconds(5);
        Connection.ServerTimeout = TimeSpan.FromSeconds(15);
        Connection.Closed += OnClosedAsync;
    }

    /// <summary>Not started: who takes it over starts it, and disposes it.</summary>
    public HubConnection Connection { get; }

    /// <summary>Ends the socket as a lost network would: without a word to the server.</summary>
    public void Cut()
    {
        var socket = _socket;
        _socket = null;
        socket?.Abort(new ConnectionAbortedException("The connection was cut."));
    }

    async ValueTask<ConnectionContext> IConnectionFactory.ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new CountedConnection(await _sockets.ConnectAsync(endpoint, cancellationToken), _measurements);
        _socket = socket;
        return socket;
    }

    private Task OnClosedAsync(Exception? cause)
    {
        // one that was cut has no socket any more, and one that was closed in good order no cause
        if (Interlocked.Exchange(ref _socket, null) is not null && cause is not null)
            _measurements.Errors.Count(CollabClientException.ConnectionLost);
        return Task.CompletedTask;
    }
}
