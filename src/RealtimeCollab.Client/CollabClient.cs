using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Http;
using RealtimeCollab.Client.Hubs;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client;

/// <summary>
/// A connection to a server that is kept for good, with the documents that are open over it. Safe for any thread.
/// </summary>
public sealed class CollabClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DocumentDriver> _documents = new(StringComparer.Ordinal);
    private readonly CollabClientOptions _options;
    private readonly SubmissionPacer _pacer;
    private readonly ConnectionKeeper _keeper;
    private readonly DocumentFactory _factory;
    private readonly PeriodicBeat _heartbeat;
    private readonly IDisposable _callbacks;
    private readonly HttpClient? _http;
    private int _disposed;

    /// <summary>Takes a connection over; it is started, restarted and disposed by this client.</summary>
    /// <param name="connection">
    /// Any HubConnection to <c>/hubs/document</c> that was built with <see cref="CollabProtocolExtensions.AddRealtimeCollabMessagePack"/> or
    /// <see cref="CollabProtocolExtensions.AddRealtimeCollabJson"/>, not started yet.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="http">
    /// For <see cref="CollabDocument.Versions"/>: has the server's address as its base, with a slash at the end, and authorizes the user. Null
    /// for a client without versions.
    /// </param>
    public CollabClient(HubConnection connection, CollabClientOptions? options = null, HttpClient? http = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _http = http;
        _options = options ?? new CollabClientOptions();
        var hub = new DocumentHubProxy(connection);
        _pacer = new SubmissionPacer(_options.TimeProvider);
        _keeper = new ConnectionKeeper(connection, _options) { Connected = OnConnected, Disconnected = OnDisconnected, Failed = OnFailed };
        _factory = new DocumentFactory(_options, hub, _pacer, _keeper.Abandon);
        var heartbeat = new Heartbeat(hub, _documents) { Refused = Report };
        _heartbeat = new PeriodicBeat(_options.HeartbeatInterval, _options.TimeProvider, heartbeat.BeatAsync);
        _callbacks = connection.Register(new CallbackRouter(_documents, _keeper));
    }

    /// <summary>The connection came or went; see <see cref="IsConnected"/>.</summary>
    public event EventHandler? ConnectionChanged;

    /// <summary>An attempt to connect again failed, or a heartbeat was refused. What is to be done follows by itself.</summary>
    public event EventHandler<CollabErrorEventArgs>? ErrorOccurred;

    /// <summary>Whether there is a connection that the server has greeted.</summary>
    public bool IsConnected => _keeper.Current is not null;

    /// <summary>Who the server takes this client for, and what it accepts; null while there is no connection.</summary>
    public WelcomeMessage? Welcome => _keeper.Current?.Welcome;

    private bool OwnsHttp { get; init; }

    /// <summary>Makes a client with a WebSocket connection of its own.</summary>
    /// <param name="connection">Where to, and as whom.</param>
    /// <param name="options">Null for the defaults.</param>
    public static CollabClient Create(CollabConnectionOptions connection, CollabClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var http = new HttpClient(new BearerTokenHandler(connection.AccessToken))
        {
            BaseAddress = new Uri($"{connection.Server.AbsoluteUri.TrimEnd('/')}/"),
        };
        var hub = HubConnections.Build("document", connection, options ?? new CollabClientOptions());
        return new CollabClient(hub, options, http) { OwnsHttp = true };
    }

    /// <summary>
    /// Connects, once, and from then on connects again whenever the connection is lost, until disposed. If this first time fails, nothing
    /// goes on in the background; <see cref="Start"/> is for those who do not want to wait.
    /// </summary>
    /// <exception cref="CollabClientException"><c>unauthenticated</c>, or <c>connection_lost</c> if the server does not answer.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _keeper.StartAsync(cancellationToken).ConfigureAwait(false);
        _heartbeat.Start();
    }

    /// <summary>Begins to connect in the background, and goes on trying until disposed. Documents open as soon as there is a connection.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        _keeper.Start();
        _heartbeat.Start();
    }

    /// <summary>
    /// Opens a document, and waits until its content is there; without a connection, until there is one. With an edit store that has edits
    /// of an earlier process, it is there at once, with these edits, which are sent as soon as there is a connection.
    /// </summary>
    /// <param name="documentId">1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</param>
    /// <param name="options">Null: to edit, as plain text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">
    /// The server's refusal, such as <c>document_not_found</c> or <c>permission_denied</c>; or <c>edit_store_failed</c>, also when another
    /// process has the document open with the same store.
    /// </exception>
    /// <exception cref="InvalidOperationException">This client has the document open already.</exception>
    public async Task<CollabDocument> OpenAsync(
        string documentId, OpenDocumentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(documentId);
        var alreadyOpen = new InvalidOperationException($"The document {documentId} is open in this client already.");
        if (_documents.ContainsKey(documentId))
            throw alreadyOpen;

        var driver = await _factory.CreateAsync(documentId, options ?? new OpenDocumentOptions(), cancellationToken).ConfigureAwait(false);
        var document = new CollabDocument(documentId, driver, _http, () => _documents.TryRemove(KeyValuePair.Create(documentId, driver)));
        if (!_documents.TryAdd(documentId, driver))
        {
            await document.DisposeAsync().ConfigureAwait(false);
            throw alreadyOpen;
        }

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

    /// <summary>Leaves all documents and closes the connection. Edits that are neither saved nor in an edit store are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        foreach (var document in _documents.Values)
            await document.DisposeAsync().ConfigureAwait(false);

        _documents.Clear();
        await _keeper.DisposeAsync().ConfigureAwait(false);
        _callbacks.Dispose();
        if (OwnsHttp)
            _http?.Dispose();
    }

    private void OnConnected(GreetedConnection connection)
    {
        _pacer.Restart(connection.Welcome.Limits.OperationsPerSecond);
        foreach (var document in _documents.Values)
            document.Connected(connection);

        ConnectionChanged?.Invoke(this, EventArgs.Empty);
    }

    private void Report(CollabClientException error) => ErrorOccurred?.Invoke(this, new CollabErrorEventArgs(error));

    private void OnFailed(CollabClientException failure)
    {
        foreach (var document in _documents.Values)
            document.StaysDisconnected();

        Report(failure);
    }

    private void OnDisconnected(GreetedConnection connection, bool isMoving)
    {
        foreach (var document in _documents.Values)
            document.Disconnected(connection, isMoving);

        ConnectionChanged?.Invoke(this, EventArgs.Empty);
    }
}
