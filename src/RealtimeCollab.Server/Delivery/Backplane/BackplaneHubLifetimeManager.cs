using System.Security.Cryptography;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server.Delivery.Backplane;

/// <summary>
/// Sends to connections of all nodes: at once to those of this one, and over an <see cref="IBackplane"/> to the others. A group, and a user, is a channel
/// that those nodes hear which have somebody in it. A backplane that is away holds up nothing: this node goes on by itself.
/// </summary>
internal sealed class BackplaneHubLifetimeManager<THub> : BoundedHubLifetimeManager<THub>
    where THub : Hub
{
    private const int NodeIdBytes = 8;

    /// <summary>How long the answer of another node is waited for.</summary>
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(5);

    private readonly string _nodeId = RandomNumberGenerator.GetHexString(NodeIdBytes * 2, lowercase: true);
    private readonly IBackplane _backplane;
    private readonly IReadOnlyList<IHubProtocol> _protocols;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BackplaneMetrics _metrics;
    private readonly ChannelSubscriptions _subscriptions;
    private readonly PendingCommands _commands;
    private readonly Task _started;

    public BackplaneHubLifetimeManager(
        IBackplane backplane,
        IHubProtocolResolver protocols,
        DeliveryLimits limits,
        TimeProvider time,
        ILogger<DefaultHubLifetimeManager<THub>> logger,
        DeliveryMetrics deliveries,
        CollabMetrics metrics)
        : base(limits, time, logger, deliveries)
    {
        _metrics = metrics.Backplane;
        (_backplane, _protocols, _time, _logger) = (backplane, protocols.AllProtocols, time, logger);
        _subscriptions = new ChannelSubscriptions(backplane, OnMessage);
        _commands = new PendingCommands(CommandPatience, time);
        _started = Task.WhenAll(_subscriptions.HoldAsync(AllNodes), _subscriptions.HoldAsync(ChannelOfNode(_nodeId)));
    }

    private static string AllNodes => $"{typeof(THub).Name}/all";

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await HearAsync(_started);
        if (connection.UserIdentifier is { } userId)
            await HearAsync(_subscriptions.HoldAsync(ChannelOf(Audience.User(userId))));
        await base.OnConnectedAsync(connection);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        await base.OnDisconnectedAsync(connection);
        if (connection.UserIdentifier is { } userId)
            _subscriptions.Release(ChannelOf(Audience.User(userId)));
    }

    public override void Dispose()
    {
        _subscriptions.Dispose();
        base.Dispose();
    }

    protected override Task SendAsync(Audience audience, SerializedHubMessage message)
    {
        if (!Deliver(audience, message))
            Publish(ChannelOf(audience), new BroadcastMessage(_nodeId, audience, message));
        return Task.CompletedTask;
    }

    protected override Task OnJoiningAsync(string groupName) => HearAsync(_subscriptions.HoldAsync(ChannelOf(Audience.Group(groupName))));

    protected override void OnLeft(string groupName) => _subscriptions.Release(ChannelOf(Audience.Group(groupName)));

    protected override Task AddElsewhereAsync(string connectionId, string groupName, CancellationToken cancellationToken) =>
        CommandAsync(connectionId, groupName, isJoin: true, cancellationToken);

    protected override Task RemoveElsewhereAsync(string connectionId, string groupName, CancellationToken cancellationToken) =>
        CommandAsync(connectionId, groupName, isJoin: false, cancellationToken);

    private static string ChannelOfNode(string nodeId) => $"{typeof(THub).Name}/node/{nodeId}";

    private static string ChannelOf(Audience audience) => audience.Kind switch
    {
        AudienceKind.User => $"{typeof(THub).Name}/user/{audience.Name}",
        AudienceKind.Group => $"{typeof(THub).Name}/group/{audience.Name}",
        // a connection on another node is rarely meant, and a channel for each would cost every connection one
        _ => AllNodes,
    };

    private void Publish(string channel, NodeMessage message)
    {
        _metrics.CountPublished();
        _backplane.Publish(channel, NodeMessageFormat.Write(message, _protocols));
    }

    private async Task CommandAsync(string connectionId, string groupName, bool isJoin, CancellationToken cancellationToken)
    {
        try
        {
            await _commands.ExecuteAsync(id => Publish(AllNodes, new GroupCommand(_nodeId, id, isJoin, connectionId, groupName)), cancellationToken);
        }
        catch (TimeoutException)
        {
            // as with one node, where a connection that has gone is in no group
            BackplaneLog.NobodyHas(_logger, connectionId);
        }
    }

    private Task HearAsync(Task heard) => Hearing.WaitAsync(heard, _time, _logger);

    private void OnMessage(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (NodeMessageFormat.Read(bytes) is not { } message || string.Equals(message.NodeId, _nodeId, StringComparison.Ordinal))
                return;
            _metrics.CountReceived();
            Obey(message);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            BackplaneLog.Unreadable(_logger, failure);
        }
    }

    private void Obey(NodeMessage message)
    {
        switch (message)
        {
            case BroadcastMessage broadcast:
                Deliver(broadcast.Audience, broadcast.Payload);
                break;
            case GroupCommand command when Has(command.ConnectionId):
                _ = ObeyAsync(command);
                break;
            case CommandDone done:
                _commands.Complete(done.Id);
                break;
        }
    }

    private async Task ObeyAsync(GroupCommand command)
    {
        // neither fails: the subscription's failure is logged where it is waited for
        await (command.IsJoin
            ? AddToGroupAsync(command.ConnectionId, command.GroupName, CancellationToken.None)
            : RemoveFromGroupAsync(command.ConnectionId, command.GroupName, CancellationToken.None));
        Publish(ChannelOfNode(command.NodeId), new CommandDone(_nodeId, command.Id));
    }
}
