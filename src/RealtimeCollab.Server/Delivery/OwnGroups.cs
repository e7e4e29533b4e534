using Microsoft.AspNetCore.SignalR;

namespace RealtimeCollab.Server.Delivery;

/// <summary>Groups of connections of this node, whichever lifetime manager there is.</summary>
internal static class OwnGroups
{
    /// <summary>
    /// Takes a connection of this node out of a group. One that has gone meanwhile is in none: under our manager no other node is asked for it, as
    /// <see cref="HubLifetimeManager{THub}.RemoveFromGroupAsync"/> would, and wait.
    /// </summary>
    public static Task RemoveFromGroupHereAsync<THub>(this HubLifetimeManager<THub> manager, string connectionId, string groupName)
        where THub : Hub
    {
        if (manager is not BoundedHubLifetimeManager<THub> ours)
            return manager.RemoveFromGroupAsync(connectionId, groupName, CancellationToken.None);
        ours.RemoveFromGroupHere(connectionId, groupName);
        return Task.CompletedTask;
    }
}
