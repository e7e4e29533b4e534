using System.Collections.Immutable;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>
/// A live document. Local edits apply at once and are sent by themselves; those of others come in as
/// <see cref="Changed"/>. Safe for any thread.
/// </summary>
/// <remarks>
/// Events come one after another, in order, on a thread of the pool or on the one that made the edit, and never while a
/// lock is held; a handler may call the document. Positions and lengths are in UTF-16 code units.
/// </remarks>
public sealed class CollabDocument : IAsyncDisposable
{
    private readonly DocumentDriver _driver;
    private readonly Action _left;

    internal CollabDocument(string documentId, DocumentDriver driver, Action left)
    {
        Id = documentId;
        (_driver, _left) = (driver, left);
        driver.ContentChanged = change => Changed?.Invoke(this, change);
        driver.StateChanged = state => StateChanged?.Invoke(this, new DocumentStateChangedEventArgs(state));
        driver.ChecksumMismatched = mismatch => ChecksumMismatched?.Invoke(this, mismatch);
        driver.RoomChanged = () => ParticipantsChanged?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>The content changed: every change, in the order in which they apply.</summary>
    public event EventHandler<DocumentChangedEventArgs>? Changed;

    /// <summary>The state changed.</summary>
    public event EventHandler<DocumentStateChangedEventArgs>? StateChanged;

    /// <summary>Others came, left or moved their selections; see <see cref="Participants"/>.</summary>
    public event EventHandler? ParticipantsChanged;

    /// <summary>
    /// The content differed from the server's at the same revision: a defect to be reported. The server's content follows as a
    /// <see cref="Changed"/> of <see cref="ChangeOrigin.Reset"/>; edits made meanwhile are kept. Raised once for each revision.
    /// </summary>
    public event EventHandler<ChecksumMismatchEventArgs>? ChecksumMismatched;

    /// <summary>The document's id.</summary>
    public string Id { get; }

    /// <summary>The content, with local edits that are not committed yet.</summary>
    public Document Content => _driver.Read(replica => replica.Content);

    /// <summary>The content as a string, with U+FFFC for each embed. Built anew at every call.</summary>
    public string Text => Content.ToString();

    /// <summary>Whether it may hold attributes and embeds.</summary>
    public ContentType ContentType => _driver.Read(replica => replica.ContentType);

    /// <summary>The last committed revision that the content contains.</summary>
    public long Revision => _driver.Read(replica => replica.Revision);

    /// <summary>Whether the edits are safe.</summary>
    public DocumentState State => _driver.Read(replica => replica.State);

    /// <summary>Whether there are edits that may not be in the store yet.</summary>
    public bool HasUnsavedEdits => _driver.Read(replica => replica.HasUnsavedEdits);

    /// <summary>The edits that the server cannot take; null unless <see cref="State"/> is <see cref="DocumentState.Conflict"/>.</summary>
    public DocumentConflict? Conflict => _driver.Read(replica => replica.Conflict);

    /// <summary>What the user may do.</summary>
    public DocumentRole Role => _driver.Read(replica => replica.Role);

    /// <summary>The other clients in the document, with their selections where they are in <see cref="Content"/>.</summary>
    public ImmutableArray<Participant> Participants => _driver.Read(replica => replica.Room.Others);

    /// <summary>Applies an edit that was made for the content as it is now.</summary>
    /// <param name="operation">An operation over the whole content.</param>
    /// <exception cref="OperationException">It does not fit the content, which may have changed since: see <see cref="Edit"/>.</exception>
    /// <exception cref="CollabClientException">
    /// <c>permission_denied</c>, <c>document_too_large</c>, <c>invalid_operation</c> (attributes or embeds in plain text), or
    /// <c>session_not_found</c> (closed, or in conflict). Nothing has changed.
    /// </exception>
    public void Apply(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _driver.Drive(replica => replica.Apply(operation));
    }

    /// <summary>Makes an edit for the content as it is at that moment, whatever other threads do.</summary>
    /// <param name="edit">Gives the operation for a content; it must not call this document.</param>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Edit(Func<Document, TextOperation> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _driver.Drive(replica => replica.Apply(edit(replica.Content)));
    }

    /// <summary>Inserts text.</summary>
    /// <param name="position">Where, 0 to the content's length.</param>
    /// <param name="text">What.</param>
    /// <exception cref="OperationException">The position lies outside, or the text holds half a surrogate pair.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Insert(int position, string text) => Replace(position, 0, text);

    /// <summary>Deletes text and embeds.</summary>
    /// <param name="position">Where they start.</param>
    /// <param name="length">How much.</param>
    /// <exception cref="OperationException">It reaches past the end.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Delete(int position, int length) => Replace(position, length, "");

    /// <summary>Replaces text.</summary>
    /// <param name="position">Where it starts.</param>
    /// <param name="length">How much goes.</param>
    /// <param name="text">What comes in its place.</param>
    /// <exception cref="OperationException">It reaches past the end, or the text holds half a surrogate pair.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Replace(int position, int length, string text) =>
        Edit(content => TextOperation.Replace(content.Length, position, length, text));

    /// <summary>Tells the others where the user's selections are.</summary>
    /// <param name="selection">Positions in <see cref="Content"/>; null when the editor lost the focus.</param>
    /// <exception cref="CollabClientException"><c>invalid_request</c>: it reaches past the end.</exception>
    public void Select(Selection? selection) => _driver.Drive(replica => replica.Select(selection));

    /// <summary>Waits until every edit is in the store.</summary>
    /// <exception cref="CollabClientException">With the code of the conflict or of the closing, if the edits will not get there.</exception>
    public Task WaitUntilSavedAsync(CancellationToken cancellationToken = default) =>
        _driver.WaitAsync(replica => !replica.HasUnsavedEdits, cancellationToken);

    /// <summary>Waits until the client is connected, has no pending edits and has seen at least a revision.</summary>
    /// <param name="revision">The revision to wait for.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CollabClientException">With the code of the conflict or of the closing.</exception>
    public Task WaitUntilSynchronizedAsync(long revision = 0, CancellationToken cancellationToken = default) =>
        _driver.WaitAsync(replica => replica.State == DocumentState.Synchronized && replica.Revision >= revision, cancellationToken);

    /// <summary>After a conflict: gives the pending edits up, takes the server's content and goes on.</summary>
    /// <exception cref="CollabClientException">With the code of the server's refusal to open the document again.</exception>
    public async Task DiscardPendingAsync(CancellationToken cancellationToken = default)
    {
        _driver.Drive(replica => replica.DiscardPending());
        await _driver.WaitAsync(replica => replica.HasContent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Leaves the document at once. Edits that are not sent yet are lost: <see cref="WaitUntilSavedAsync"/> comes before.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync().ConfigureAwait(false);
        _left();
    }
}
