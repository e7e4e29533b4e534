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
internal sealed class BoundedHubLifetimeManager<THub> : DefaultHubLifetimeManager<THub>, IDisposable
    where THub : Hub
{
    private readonly ConcurrentDictionary<string, Receiver> _receivers = new(StringComparer.Ordinal);
    private readonly ReceiverGroups _groups = new();
    private readonly DeliveryLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _checks;
    private readonly DeliveryMetrics? _metrics;

    public BoundedHubLifetimeManager(
        DeliveryLimits limits, TimeProvider time, ILogger<DefaultHubLifetimeManager<THub>> logger, DeliveryMetrics? metrics = null)
        : base(logger)
    {
        (_limits, _time, _logger, _metrics) = (limits, time, logger, metrics);
        _checks = time.CreateTimer(_ => CutOverdue(), state: null, limits.CheckInterval, limits.CheckInterval);
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var receiver = new Receiver(connection, _limits, _time, _metrics, _logger);
        connection.Features.Set(receiver);
        _receivers[connection.ConnectionId] = receiver;
        await base.OnConnectedAsync(connection);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_receivers.TryRemove(connection.ConnectionId, out var receiver))
            _groups.RemoveFromAll(receiver);
        await base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_receivers.TryGetValue(connectionId, out var receiver))
        {
            _groups.Add(groupName, receiver);
            // it may have gone in between, and nobody would take it out again
            if (!_receivers.ContainsKey(connectionId))
                _groups.RemoveFromAll(receiver);
        }

        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_receivers.TryGetValue(connectionId, out var receiver))
            _groups.Remove(groupName, receiver);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendToThoseWho(static (_, _) => true, string.Empty, methodName, args);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        SendToThoseWho(static (receiver, excluded) => !excluded.Contains(receiver.ConnectionId, StringComparer.Ordinal), excludedConnectionIds, methodName, args);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendToThoseWho(static (receiver, id) => string.Equals(receiver.UserId, id, StringComparison.Ordinal), userId, methodName, args);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendToThoseWho(static (receiver, ids) => ids.Contains(receiver.UserId, StringComparer.Ordinal), userIds, methodName, args);

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendConnectionsAsync([connectionId], methodName, args, cancellationToken);

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var message = Serialize(methodName, args);
        foreach (var connectionId in connectionIds)
        {
            if (_receivers.TryGetValue(connectionId, out var receiver))
                receiver.Send(message);
        }

        return Task.CompletedTask;
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default)
    {
        var message = Serialize(methodName, args);
        foreach (var receiver in _groups[groupName])
        {
            if (excludedConnectionIds.Count == 0 || !excludedConnectionIds.Contains(receiver.ConnectionId, StringComparer.Ordinal))
                receiver.Send(message);
        }

        return Task.CompletedTask;
    }

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        var message = Serialize(methodName, args);
        foreach (var groupName in groupNames)
        {
            foreach (var receiver in _groups[groupName])
                receiver.Send(message);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _checks.Dispose();

    private Task SendToThoseWho<TState>(Func<Receiver, TState, bool> isMeant, TState state, string methodName, object?[] args)
    {
        var message = Serialize(methodName, args);
        foreach (var (_, receiver) in _receivers)
        {
            if (isMeant(receiver, state))
                receiver.Send(message);
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes the payload when the first connection needs it, and then once for each protocol.</summary>
    private static SerializedHubMessage Serialize(string methodName, object?[] args) => new(new InvocationMessage(methodName, args));

    private void CutOverdue()
    {
        foreach (var (_, receiver) in _receivers)
            receiver.CutIfOverdue();
    }
}
