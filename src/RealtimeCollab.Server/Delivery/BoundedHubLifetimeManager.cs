using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Delivery;

/// <summary>
/// Sends to rooms without waiting for their slowest member. SignalR's own manager awaits every write of a group send, so that
/// one receiver that stops reading holds up whoever sends; here a send only begins the writes, and a <see cref="Receiver"/>
/// that falls too far behind is cut. Calls that return results are left to SignalR's manager.
/// </summary>
internal class BoundedHubLifetimeManager<THub> : DefaultHubLifetimeManager<THub>, IDisposable
    where THub : Hub
{
    private readonly ConcurrentDictionary<string, Receiver> _receivers = new(StringComparer.Ordinal);
    private readonly ReceiverGroups _groups = new();
    private readonly DeliveryLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _checks;
    private readonly Pings _pings;
    private readonly DeliveryMetrics? _metrics;

    public BoundedHubLifetimeManager(
        DeliveryLimits limits, TimeProvider time, ILogger<DefaultHubLifetimeManager<THub>> logger, DeliveryMetrics? metrics = null)
        : base(logger)
    {
        (_limits, _time, _logger, _metrics) = (limits, time, logger, metrics);
        _checks = time.CreateTimer(_ => CutOverdue(), state: null, limits.CheckInterval, limits.CheckInterval);
        _pings = new Pings(_receivers, limits, time);
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var receiver = new Receiver(connection, _limits, _time, _metrics, _logger);
        connection.Features.Set(receiver);
        _pings.Schedule(receiver);
        _receivers[connection.ConnectionId] = receiver;
        await base.OnConnectedAsync(connection);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_receivers.TryRemove(connection.ConnectionId, out var receiver))
        {
            receiver.Leave();
            LeaveAll(receiver);
        }

        await base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (!_receivers.TryGetValue(connectionId, out var receiver))
            return AddElsewhereAsync(connectionId, groupName, cancellationToken);
        var prepared = OnJoiningAsync(groupName);
        if (!_groups.Add(groupName, receiver))
            OnLeft(groupName);
        // it may have gone in between, and nobody would take it out again
        else if (!Has(connectionId))
            LeaveAll(receiver);
        return prepared;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        RemoveFromGroupHere(connectionId, groupName) ? Task.CompletedTask : RemoveElsewhereAsync(connectionId, groupName, cancellationToken);

    /// <summary>Takes a connection out of a group if it is one of this node.</summary>
    /// <returns>False: it is not, or has gone.</returns>
    public bool RemoveFromGroupHere(string connectionId, string groupName)
    {
        if (!_receivers.TryGetValue(connectionId, out var receiver))
            return false;
        if (_groups.Remove(groupName, receiver))
            OnLeft(groupName);
        return true;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAsync(Audience.All, Serialize(methodName, args));

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendAsync(Audience.AllBut(excludedConnectionIds), Serialize(methodName, args));

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAsync(Audience.User(userId), Serialize(methodName, args));

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendEachAsync(userIds, Audience.User, methodName, args);

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAsync(Audience.Connection(connectionId), Serialize(methodName, args));

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendEachAsync(connectionIds, Audience.Connection, methodName, args);

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAsync(Audience.Group(groupName), Serialize(methodName, args));

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendAsync(Audience.GroupBut(groupName, excludedConnectionIds), Serialize(methodName, args));

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendEachAsync(groupNames, Audience.Group, methodName, args);

    /// <summary>Sends to those members of a group who are connected to this node.</summary>
    public void SendGroupHere(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds) =>
        Deliver(Audience.GroupBut(groupName, excludedConnectionIds), Serialize(methodName, args));

    public virtual void Dispose()
    {
        _checks.Dispose();
        _pings.Dispose();
    }

    /// <summary>Sends a message to those it is for, wherever they are.</summary>
    protected virtual Task SendAsync(Audience audience, SerializedHubMessage message)
    {
        Deliver(audience, message);
        return Task.CompletedTask;
    }

    /// <summary>Sends a message to those of its audience who are connected to this node.</summary>
    /// <returns>Whether that can have been all: false but for a connection of this node.</returns>
    protected bool Deliver(Audience audience, SerializedHubMessage message)
    {
        switch (audience.Kind)
        {
            case AudienceKind.Connection:
                if (!_receivers.TryGetValue(audience.Name, out var only))
                    return false;
                only.Send(message);
                return true;
            case AudienceKind.Group:
                foreach (var receiver in _groups[audience.Name])
                    SendTo(receiver, audience, message);
                return false;
            default:
                foreach (var (_, receiver) in _receivers)
                {
                    if (audience.Kind == AudienceKind.All || string.Equals(receiver.UserId, audience.Name, StringComparison.Ordinal))
                        SendTo(receiver, audience, message);
                }

                return false;
        }
    }

    /// <summary>Whether a connection is of this node.</summary>
    protected bool Has(string connectionId) => _receivers.ContainsKey(connectionId);

    /// <summary>A connection of this node is about to join a group.</summary>
    protected virtual Task OnJoiningAsync(string groupName) => Task.CompletedTask;

    /// <summary>A connection of this node has left a group, or did not join it. As often as <see cref="OnJoiningAsync"/>.</summary>
    protected virtual void OnLeft(string groupName)
    {
    }

    /// <summary>Puts a connection that is not of this node into a group.</summary>
    protected virtual Task AddElsewhereAsync(string connectionId, string groupName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes a connection that is not of this node out of a group.</summary>
    protected virtual Task RemoveElsewhereAsync(string connectionId, string groupName, CancellationToken cancellationToken) => Task.CompletedTask;

    private static void SendTo(Receiver receiver, Audience audience, SerializedHubMessage message)
    {
        if (!audience.Excludes(receiver))
            receiver.Send(message);
    }

    private async Task SendEachAsync(IReadOnlyList<string> names, Func<string, Audience> toAudience, string methodName, object?[] args)
    {
        var message = Serialize(methodName, args);
        foreach (var name in names)
            await SendAsync(toAudience(name), message);
    }

    /// <summary>Writes the payload when the first connection needs it, and then once for each protocol.</summary>
    private static SerializedHubMessage Serialize(string methodName, object?[] args) => new(new InvocationMessage(methodName, args));

    private void LeaveAll(Receiver receiver)
    {
        foreach (var groupName in _groups.RemoveFromAll(receiver))
            OnLeft(groupName);
    }

    private void CutOverdue()
    {
        foreach (var (_, receiver) in _receivers)
            receiver.CutIfOverdue();
    }
}
