using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Client;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>A person with one document open, on a full client: what is typed is followed to the store and to the others' screens.</summary>
internal sealed class Editor : IAsyncDisposable
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(1);

    private readonly Deployment _deployment;
    private readonly EditFlights _flights;
    private readonly Typist _typist;

    // what was typed and has not gone out; touched only in calls from within the document's lock
    private readonly List<long> _typed = [];
    private CollabClient? _client;
    private Wire? _wire;
    private volatile CollabDocument? _document;
    private long _sent;
    private long _acknowledged;

    public Editor(ClientIdentity identity, string documentId, EditFlights flights, Deployment deployment, Random random)
    {
        (Identity, DocumentId, _flights, _deployment) = (identity, documentId, flights, deployment);
        _typist = new Typist(random);
    }

    public ClientIdentity Identity { get; }

    public string DocumentId { get; }

    /// <summary>Null while the person is away.</summary>
    public CollabDocument? Document => _document;

    /// <summary>Operations of this client that the server has acknowledged: their ids end with 1, 2 and so on, without gaps.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Edits that the server refused for good.</summary>
    public long Rejected { get; private set; }

    /// <summary>Connects, and opens the document.</summary>
    /// <exception cref="CollabClientException">The server's refusal, or no connection.</exception>
    public async Task ComeAsync(string? initialText, CancellationToken cancellationToken)
    {
        _wire = new Wire("document", Identity, _deployment, OnAnswered);
        _client = new CollabClient(_wire.Connection, new CollabClientOptions { NewOperationId = TakeOff });
        await _client.StartAsync(cancellationToken);
        var document = await _client.OpenAsync(DocumentId, new OpenDocumentOptions { InitialText = initialText, CaptureContext = false }, cancellationToken);
        document.Changed += OnChanged;
        document.Rejected += (_, _) => Rejected++;
        _flights.ViewerCame();
        _document = document;
    }

    /// <summary>Types a letter, if the person is there.</summary>
    /// <param name="due">When it was due.</param>
    public void Type(long due)
    {
        if (_document is not { } document)
            return;
        try
        {
            if (_typist.Jump(document.Length) is { } place)
                document.Select(new Selection(SelectionRange.Cursor(place)));
            document.Edit((content, selection) =>
            {
                _typed.Add(due);
                return _typist.Next(content, selection);
            });
        }
        catch (CollabClientException refusal)
        {
            // refused on this side, so it was not counted on the wire
            _deployment.Measurements.Errors.Count(refusal.Code);
        }
        catch (ObjectDisposedException) when (_document is null)
        {
            // the person left between two letters
        }
    }

    /// <summary>
    /// Waits, at rest, until the server has answered the last operation too, whose echo may overtake the answer. Not for long: with a connection
    /// that was cut, the answer is lost for good, and the echo has to do.
    /// </summary>
    public async Task WaitUntilAnsweredAsync(CancellationToken cancellationToken)
    {
        var time = _deployment.Measurements.Time;
        var since = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), time);
        while (Acknowledged < Interlocked.Read(ref _sent) && time.GetElapsedTime(since) < AnswerPatience)
            await timer.WaitForNextTickAsync(cancellationToken);
        var last = Interlocked.Read(ref _sent);
        _flights.FoundStored(OperationName.Of(Identity.ClientId, last));
        Interlocked.Exchange(ref _acknowledged, last);
    }

    /// <summary>Cuts the connection; the client makes another one by itself.</summary>
    public void Cut() => _wire?.Cut();

    /// <summary>Leaves when all that was typed is saved.</summary>
    /// <returns>False if the person was away already.</returns>
    public async Task<bool> LeaveAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _document, null) is not { } document)
            return false;
        _flights.ViewerLeft();
        await document.WaitUntilSavedAsync(cancellationToken);
        await DisposeAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _document = null;
        if (Interlocked.Exchange(ref _client, null) is { } client)
            await client.DisposeAsync();
    }

    private string TakeOff()
    {
        // one operation is under way at a time: those before are stored. The answer of the last may still come behind its echo; the one before that
        // was lost with a connection if it did not come by now
        _flights.FoundStored(OperationName.Of(Identity.ClientId, _sent - 1));
        var id = OperationName.Of(Identity.ClientId, Interlocked.Increment(ref _sent));
        _flights.TakeOff(id, [.. _typed]);
        _typed.Clear();
        return id;
    }

    private void OnAnswered(CompletionMessage answer)
    {
        if (answer.Result is not SubmitOperationResult { OperationId: var id })
            return;
        Interlocked.Exchange(ref _acknowledged, OperationName.Parse(id).Number);
        _flights.Acknowledged(id);
    }

    private void OnChanged(object? sender, DocumentChangedEventArgs change)
    {
        if (change.Entry is { } entry)
            _flights.Seen(entry.OperationId);
    }
}
