using System.Net;
using Microsoft.AspNetCore.Connections;
using RealtimeCollab.Client.Connection;

namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>
/// Takes the first connection to the node that is the person's turn, and each later one to any node, as a load balancer does that does not know which
/// of them live: so that people stay spread over all nodes, whichever died before.
/// </summary>
internal sealed class NodeRotation(IReadOnlyList<Uri> nodes, int number, WebSocketConnectionFactory sockets) : IConnectionFactory
{
    private readonly Random _random = new(number);
    private bool _isBack;

    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var node = nodes[_isBack ? _random.Next(nodes.Count) : number % nodes.Count];
        _isBack = true;
        return sockets.ConnectAsync(new UriEndPoint(new Uri(node, ((UriEndPoint)endpoint).Uri.PathAndQuery)), cancellationToken);
    }
}
