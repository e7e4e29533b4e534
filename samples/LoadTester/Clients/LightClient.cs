using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>A client that joins a document and drains what comes, without a copy of the document: thousands of them fit into one process.</summary>
internal sealed class LightClient(ClientIdentity identity, Deployment deployment) : IAsyncDisposable
{
    private readonly Wire _wire = new("document", identity, deployment);
    private IDisposable? _listening;

    /// <summary>Whether the connection is there.</summary>
    public bool IsConnected => _wire.Connection.State == HubConnectionState.Connected;

    /// <summary>Lets refusals be read, which else would be skipped unread.</summary>
    public static IDisposable Listen(HubConnection connection) => connection.On<ErrorMessage>(nameof(ICollabClient.Error), static _ => { });

    /// <summary>Connects and joins a document as a writer, which creates it if need be.</summary>
    public async Task ComeAsync(string documentId, CancellationToken cancellationToken)
    {
        _listening = Listen(_wire.Connection);
        await _wire.Connection.StartAsync(cancellationToken);
        await new DocumentHubProxy(_wire.Connection).StartEditing(new StartEditingRequest { DocumentId = documentId });
    }

    public async ValueTask DisposeAsync()
    {
        _listening?.Dispose();
        await _wire.Connection.DisposeAsync();
    }
}
