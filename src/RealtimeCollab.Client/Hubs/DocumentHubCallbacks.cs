using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Hubs;

/// <summary>Registers an <see cref="IDocumentClient"/> for what the server calls.</summary>
public static class DocumentHubCallbacks
{
    /// <summary>Hands every callback of the document hub to <paramref name="client"/>, one after another.</summary>
    /// <param name="connection">The connection to listen on.</param>
    /// <param name="client">Who is called.</param>
    /// <returns>Ends the registration.</returns>
    public static IDisposable Register(this HubConnection connection, IDocumentClient client)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(client);
        return new Registrations(
            connection.On<WelcomeMessage>(nameof(IDocumentClient.Welcome), client.Welcome),
            connection.On<OperationBatch>(nameof(IDocumentClient.OperationsApplied), client.OperationsApplied),
            connection.On<SelectionsChanged>(nameof(IDocumentClient.SelectionsChanged), client.SelectionsChanged),
            connection.On<ParticipantMessage>(nameof(IDocumentClient.UserJoined), client.UserJoined),
            connection.On<ParticipantMessage>(nameof(IDocumentClient.UserLeft), client.UserLeft),
            connection.On<SessionInfo>(nameof(IDocumentClient.SessionInfo), client.SessionInfo),
            connection.On<AccessChanged>(nameof(IDocumentClient.AccessChanged), client.AccessChanged),
            connection.On<DocumentClosed>(nameof(IDocumentClient.DocumentClosed), client.DocumentClosed),
            connection.On<ErrorMessage>(nameof(IDocumentClient.Error), client.Error));
    }
}
