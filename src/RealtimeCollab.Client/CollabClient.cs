using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client;

/// <summary>
/// A connection to a server that is kept for good, with the documents that are open over it. Safe for any thread.
/// </summary>
public sealed class CollabClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DocumentDriver> _documents = new(StringComparer.Ordinal);
    private readonly CollabClientOptions _options;
    private readonly DocumentHubProxy _hub;
    private readonly SubmissionPacer _pacer;
    private readonly ConnectionKeeper _keeper;
    private readonly Heartbeat _heartbeat;
    private readonly IDisposable _callbacks;

    /// <summary>Takes a connection over; it is started, restarted and disposed by this client.</summary>
    /// <param name="connection">
    /// Any HubConnection to <c>/hubs/document</c> that was built with <see cref="CollabProtocolExtensions.AddRealtimeCollabMessagePack"/> or
    /// <see cref="CollabProtocolExtensions.AddRealtimeCollabJson"/>, not started yet.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    public CollabClient(HubConnection connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _options = options ?? new CollabClientOptions();
        _hub = new DocumentHubProxy(connection);
        _pacer = new SubmissionPacer(_options.TimeProvider);
        _keeper = new ConnectionKeeper(connection, _options) { Connected = OnConnected, Disconnected = OnDisconnected };
        _heartbeat = new Heartbeat(_hub, _options, _documents);
        _callbacks = connection.Register(new CallbackRouter(_documents, _keeper));
    }

    /// <summary>The connection came or went; see <see cref="IsConnected"/>.</summary>
    public event EventHandler? ConnectionChanged;

    /// <summary>Whether there is a connection that the server has greeted.</summary>
    public bool IsConnected => _keeper.Current is not null;

    /// <summary>Who the server takes this client for, and what it accepts; null while there is no connection.</summary>
    public WelcomeMessage? Welcome => _keeper.Current?.Welcome;

    /// <summary>Makes a client with a WebSocket connection of its own.</summary>
    /// <param name="connection">Where to, and as whom.</param>
    /// <param name="options">Null for the defaults.</param>
    public static CollabClient Create(CollabConnectionOptions connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new CollabClient(HubConnections.Build("document", connection, options ?? new CollabClientOptions()), options);
    }

    /// <summary>Connects, once, and from then on connects again whenever the connection is lost, until disposed.</summary>
    /// <exception cref="CollabClientException"><c>unauthenticated</c>, or <c>connection_lost</c> if the server does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _keeper.StartAsync(cancellationToken).ConfigureAwait(false);
        _heartbeat.Start();
    }

    /// <summary>Opens a document, and waits until its content is there; without a connection, until there is one.</summary>
    /// <param name="documentId">1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</param>
    /// <param name="options">Null: to edit, as plain text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">The server's refusal, such as <c>document_not_found</c> or <c>permission_denied</c>.</exception>
    /// <exception cref="InvalidOperationException">This client has the document open already.</exception>
    public async Task<CollabDocument> OpenAsync(
        string documentId, OpenDocumentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(documentId);
        var how = options ?? new OpenDocumentOptions();
        var replica = new DocumentReplica(
            documentId, new ReplicaOptions { ReadOnly = how.ReadOnly, NewOperationId = _options.NewOperationId });
        var calls = new DocumentCalls(documentId, how, _hub, _pacer, _options.TimeProvider);
        var driver = new DocumentDriver(replica, calls, _options);
        var document = new CollabDocument(documentId, driver, () => _documents.TryRemove(KeyValuePair.Create(documentId, driver)));
        if (!_documents.TryAdd(documentId, driver))
            throw new InvalidOperationException($"The document {documentId} is open in this client already.");

        try
        {
            if (_keeper.Current is { } connection)
                driver.Connected(connection);
            await driver.WaitAsync(opened => opened.HasContent, cancellationToken).ConfigureAwait(false);
            return document;
        }
        catch
        {
            await document.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Leaves all documents and closes the connection. Edits that are not saved are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        foreach (var document in _documents.Values)
            await document.DisposeAsync().ConfigureAwait(false);

        _documents.Clear();
        await _keeper.DisposeAsync().ConfigureAwait(false);
        _callbacks.Dispose();
    }

    private void OnConnected(GreetedConnection connection)
    {
        _pacer.Restart(connection.Welcome.Limits.OperationsPerSecond);
        foreach (var document in _documents.Values)
            document.Connected(connection);

        ConnectionChanged?.Invoke(this, EventArgs.Empty);
    }

    private void OnDisconnected(GreetedConnection connection)
    {
        foreach (var document in _documents.Values)
            document.Disconnected(connection);

        ConnectionChanged?.Invoke(this, EventArgs.Empty);
    }
}
