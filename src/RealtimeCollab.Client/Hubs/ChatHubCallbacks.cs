using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Chat;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Registers an <see cref="IChatClient"/> for what the server calls.</summary>
public static class ChatHubCallbacks
{
    /// <summary>Hands every callback of the chat hub to <paramref name="client"/>, one after another.</summary>
    /// <param name="connection">The connection to listen on.</param>
    /// <param name="client">Who is called.</param>
    /// <returns>Ends the registration.</returns>
    public static IDisposable Register(this HubConnection connection, IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(client);
        return new Registrations(
            connection.On<WelcomeMessage>(nameof(IChatClient.Welcome), client.Welcome),
            connection.On<ChatMessage>(nameof(IChatClient.MessageReceived), client.MessageReceived),
            connection.On<ChatMessage>(nameof(IChatClient.MessageEdited), client.MessageEdited),
            connection.On<ChatMessage>(nameof(IChatClient.MessageDeleted), client.MessageDeleted),
            connection.On<ReactionsChanged>(nameof(IChatClient.ReactionsChanged), client.ReactionsChanged),
            connection.On<TypingChanged>(nameof(IChatClient.TypingChanged), client.TypingChanged),
            connection.On<ReadChanged>(nameof(IChatClient.ReadChanged), client.ReadChanged),
            connection.On<Mention>(nameof(IChatClient.Mentioned), client.Mentioned),
            connection.On<Notification>(nameof(IChatClient.NotificationReceived), client.NotificationReceived),
            connection.On<Broadcast>(nameof(IChatClient.BroadcastReceived), client.BroadcastReceived),
            connection.On<ErrorMessage>(nameof(IChatClient.Error), client.Error));
    }
}
