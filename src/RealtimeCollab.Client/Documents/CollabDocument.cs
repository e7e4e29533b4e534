using System.Collections.Immutable;
using RealtimeCollab.Client.Http;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>
/// A live document. Local edits apply at once and are sent by themselves; those of others come in as <see cref="Changed"/>. Positions and
/// lengths are in UTF-16 code units.
/// </summary>
/// <remarks>
/// <para>
/// A document that was opened in a synchronization context (that of a user interface) belongs to it: the content changes, and events are
/// raised, only there, so that between two of its handlers nothing moves. A call from another thread waits until the context has taken it.
/// </para>
/// <para>
/// One that was opened without a context, or with <see cref="OpenDocumentOptions.CaptureContext"/> false, is safe for any thread: events are
/// raised on whatever thread brings the news, one after another. Between reading <see cref="Content"/> and editing it, others may have
/// edited: there, <see cref="Edit(Func{Document, TextOperation}, object?)"/> makes the operation for the content as it is at that moment.
/// </para>
/// <para>In both, events come in order and never while a lock is held; a handler may call the document.</para>
/// </remarks>
public sealed partial class CollabDocument : IAsyncDisposable
{
    private readonly DocumentDriver _driver;
    private readonly Action _left;

    internal CollabDocument(string documentId, DocumentDriver driver, HttpClient? http, Action left)
    {
        Id = documentId;
        Versions = new VersionHistory(http is null ? null : new DocumentRequests(http, documentId), () => Revision);
        (_driver, _left) = (driver, left);
        var events = driver.Events;
        events.OnContentChanged = change => Changed?.Invoke(this, change);
        events.OnStateChanged = state => StateChanged?.Invoke(this, new DocumentStateChangedEventArgs(state));
        events.OnPeopleChanged = () => PeopleChanged?.Invoke(this, EventArgs.Empty);
        events.OnRoleChanged = role => RoleChanged?.Invoke(this, new RoleChangedEventArgs(role));
        events.OnChecksumMismatched = mismatch => ChecksumMismatched?.Invoke(this, mismatch);
        events.OnConflicted = conflict => Conflicted?.Invoke(this, new DocumentConflictEventArgs(conflict));
        events.OnRejected = rejection => Rejected?.Invoke(this, rejection);
        events.OnClosed = closing => Closed?.Invoke(this, closing);
        events.OnErrorOccurred = error => ErrorOccurred?.Invoke(this, new CollabErrorEventArgs(error));
    }

    /// <summary>The content changed: every change, in the order in which they apply.</summary>
    public event EventHandler<DocumentChangedEventArgs>? Changed;

    /// <summary>The state changed.</summary>
    public event EventHandler<DocumentStateChangedEventArgs>? StateChanged;

    /// <summary>Somebody came, left or moved a selection; see <see cref="People"/>. Those that only move along with a change are not told.</summary>
    public event EventHandler? PeopleChanged;

    /// <summary>What the user may do changed.</summary>
    public event EventHandler<RoleChangedEventArgs>? RoleChanged;

    /// <summary>
    /// The content differed from the server's at the same revision: a defect to be reported. The server's content follows as a
    /// <see cref="Changed"/> of <see cref="ChangeOrigin.Reload"/>; edits made meanwhile are kept. Raised once for each revision.
    /// </summary>
    public event EventHandler<ChecksumMismatchEventArgs>? ChecksumMismatched;

    /// <summary>The state became <see cref="DocumentState.Conflict"/>: <see cref="ResolveConflictAsync"/> ends it.</summary>
    public event EventHandler<DocumentConflictEventArgs>? Conflicted;

    /// <summary>The server refused edits for good: they are handed back here, and the content is the server's again.</summary>
    public event EventHandler<EditsRejectedEventArgs>? Rejected;

    /// <summary>The document was closed for good, by the application or by the server. Edits that were not saved are handed back here.</summary>
    public event EventHandler<DocumentClosedEventArgs>? Closed;

    /// <summary>Something failed that endangers no edit, or that goes on by itself.</summary>
    public event EventHandler<CollabErrorEventArgs>? ErrorOccurred;

    /// <summary>The document's id.</summary>
    public string Id { get; }

    /// <summary>The content, with local edits that are not committed yet; an immutable value, which costs nothing.</summary>
    public Document Content => _driver.Read(replica => replica.Content);

    /// <summary>The content as a string, with U+FFFC for each embed. Built anew at every call.</summary>
    public string Text => Content.ToString();

    /// <summary>The content's length; an embed counts one.</summary>
    public int Length => Content.Length;

    /// <summary>Whether it may hold attributes and embeds.</summary>
    public ContentType ContentType => _driver.Read(replica => replica.ContentType);

    /// <summary>The last committed revision that the content contains.</summary>
    public long Revision => _driver.Read(replica => replica.Revision);

    /// <summary>Whether the edits are safe.</summary>
    public DocumentState State => _driver.Read(replica => replica.State);

    /// <summary>Whether there are edits that may not be in the store yet.</summary>
    public bool HasUnsavedEdits => _driver.Read(replica => replica.HasUnsavedEdits);

    /// <summary>What stands in the way; null unless <see cref="State"/> is <see cref="DocumentState.Conflict"/>.</summary>
    public DocumentConflict? Conflict => _driver.Read(replica => replica.Conflict);

    /// <summary>Whether it was closed, by the application or for good by the server; see <see cref="Closed"/>.</summary>
    public bool IsClosed => ClosedReason is not null;

    /// <summary>Why it was closed: a word, or the code of an error; null while it is not.</summary>
    public string? ClosedReason => _driver.Read(replica => replica.ClosedReason);

    /// <summary>What the user may do.</summary>
    public DocumentRole Role => _driver.Read(replica => replica.Role);

    /// <summary>Whether edits are refused here: the document was opened so, or the role does not allow them.</summary>
    public bool IsReadOnly => _driver.Read(replica => replica.IsReadOnly);

    /// <summary>Who has the document open, with their selections where they are in <see cref="Content"/>.</summary>
    public ImmutableArray<Person> People => _driver.Read(replica => replica.Room.People);

    /// <summary>The past of the document: its revisions, those that have names, and the way back.</summary>
    public VersionHistory Versions { get; }

    /// <summary>Waits until every edit is in the store.</summary>
    /// <exception cref="CollabClientException">
    /// With the code of the conflict, of the closing, or of the server's refusal, if the last edits will not get there.
    /// </exception>
    public Task WaitUntilSavedAsync(CancellationToken cancellationToken = default)
    {
        var earlier = _driver.Read(replica => replica.LastRejection);
        return _driver.WaitAsync(
            replica => replica.LastRejection is { } refusal && (replica.WasRejected || refusal != earlier)
                ? throw new CollabClientException(refusal.Code, refusal.Message, refusal)
                : !replica.HasUnsavedEdits,
            cancellationToken);
    }

    /// <summary>Waits until every edit outlives this process: it is in the edit store or, if the client has none, in the server's store.</summary>
    /// <exception cref="CollabClientException">Without an edit store, as for <see cref="WaitUntilSavedAsync"/>.</exception>
    public Task WaitUntilKeptAsync(CancellationToken cancellationToken = default) =>
        _driver.Keeper is { } keeper ? keeper.WhenKeptAsync().WaitAsync(cancellationToken) : WaitUntilSavedAsync(cancellationToken);

    /// <summary>Waits until the client is connected, has no pending edits and has seen at least a revision.</summary>
    /// <param name="revision">The revision to wait for.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CollabClientException">With the code of the conflict or of the closing.</exception>
    public Task WaitUntilSynchronizedAsync(long revision = 0, CancellationToken cancellationToken = default) =>
        _driver.WaitAsync(replica => replica.IsAtRest && replica.Revision >= revision, cancellationToken);

    /// <summary>
    /// Ends the <see cref="Conflict"/>, in one of three ways, and waits until the server's content is there; does nothing without one. What is
    /// edited from the call on is kept in each.
    /// </summary>
    /// <param name="resolution">What becomes of the edits.</param>
    /// <param name="cancellationToken">Gives up waiting; what was chosen goes on.</param>
    /// <exception cref="CollabClientException">
    /// <c>permission_denied</c>, where that is the conflict and the edits are not to be discarded: nothing has changed. Or the server's refusal
    /// to open the document again.
    /// </exception>
    public async Task ResolveConflictAsync(ConflictResolution resolution, CancellationToken cancellationToken = default)
    {
        _driver.Drive(replica => replica.Resolve(resolution));
        await _driver.WaitAsync(replica => !replica.NeedsContent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Leaves the document at once. Edits that are not saved are handed back as <see cref="Closed"/>; if the client has an edit store, it keeps
    /// them until the document is opened again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync().ConfigureAwait(false);
        _left();
    }
}
