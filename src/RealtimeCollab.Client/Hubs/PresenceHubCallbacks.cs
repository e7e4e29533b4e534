using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Presence;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Registers an <see cref="IPresenceClient"/> for what the server calls.</summary>
public static class PresenceHubCallbacks
{
    /// <summary>Hands every callback of the presence hub to <paramref name="client"/>, one after another.</summary>
    /// <param name="connection">The connection to listen on.</param>
    /// <param name="client">Who is called.</param>
    /// <returns>Ends the registration.</returns>
    public static IDisposable Register(this HubConnection connection, IPresenceClient client)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(client);
        return new Registrations(
            connection.On<WelcomeMessage>(nameof(IPresenceClient.Welcome), client.Welcome),
            connection.On<PresenceUsers>(nameof(IPresenceClient.PresenceChanged), client.PresenceChanged),
            connection.On<PresenceUsers>(nameof(IPresenceClient.UserOnline), client.UserOnline),
            connection.On<PresenceUsers>(nameof(IPresenceClient.UserOffline), client.UserOffline),
            connection.On<ErrorMessage>(nameof(IPresenceClient.Error), client.Error));
    }
}
