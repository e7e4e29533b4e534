using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Application;

/// <summary>
/// Documents as one user uses them from within the server. Safe for concurrent use. Every method throws <see cref="CollabException"/>
/// with <see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/> when it cannot be said what became of it, with
/// <see cref="CollabError.InvalidRequest"/> for an id that is none, and for a user who was given by claims with <see cref="CollabError.PermissionDenied"/>.
/// </summary>
public interface IUserDocuments
{
    /// <summary>
    /// What there is to know of a document beside its content; null if there is none. For viewers. Asks the <see cref="Hooks.IDocumentLoadHook"/>s first where
    /// the document is not in memory, since they may create it.
    /// </summary>
    ValueTask<DocumentHead?> FindAsync(string documentId, CancellationToken cancellationToken = default);

    /// <summary>The content. For viewers.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="revision">From the document's first to its last; null: the last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>, <see cref="CollabError.RevisionAhead"/>, or
    /// <see cref="CollabError.RevisionTooOld"/> for one that was compacted away and not named.</exception>
    ValueTask<SessionState> ReadAsync(string documentId, long? revision = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Edits the content as it is. If others edit it before that is committed, <paramref name="edit"/> is called anew with what they made of it, up to 16 times; so
    /// it is as if nobody had edited at the same time. In a document that is edited without a pause use <see cref="SubmitAsync"/>. For editors.
    /// </summary>
    /// <param name="documentId">The document.</param>
    /// <param name="edit">The operation for this content; null for none. Has no other effects.</param>
    /// <param name="cancellationToken">Gives up; what became of it is unknown then.</param>
    /// <returns>The revision that it is committed with, or that nothing was to be done at.</returns>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>, <see cref="CollabError.InvalidOperation"/>,
    /// <see cref="CollabError.DocumentTooLarge"/>, or <see cref="CollabError.Overtaken"/>: others were faster each time.</exception>
    Task<long> EditAsync(string documentId, Func<SessionState, TextOperation?> edit, CancellationToken cancellationToken = default);

    /// <summary>Commits an operation, moved over what others did since its revision, as that of any client. For editors.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="baseRevision">What it is made for.</param>
    /// <param name="operation">What to change; may end before the document does.</param>
    /// <param name="operationId">1 to 128 UTF-16 code units that no other operation of the user has: one that is sent again with its id and revision is committed once. Null: random.</param>
    /// <param name="cancellationToken">Gives up; what became of it is unknown then.</param>
    /// <returns>The revision that it is committed with.</returns>
    /// <exception cref="CollabException">As <see cref="DocumentSession.SubmitAsync"/>, and <see cref="CollabError.DocumentNotFound"/>.</exception>
    Task<long> SubmitAsync(
        string documentId, long baseRevision, TextOperation operation, string? operationId = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a document unless there is one with its id; false: there is. The user is its owner.</summary>
    /// <param name="documentId">1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</param>
    /// <param name="contentType">Plain or rich text.</param>
    /// <param name="content">What it holds; null: nothing.</param>
    /// <param name="title">At most 200 UTF-16 code units; null: none.</param>
    /// <param name="cancellationToken">Gives up; what became of it is unknown then.</param>
    /// <exception cref="CollabException"><see cref="CollabError.InvalidOperation"/>: formats in plain text; <see cref="CollabError.DocumentTooLarge"/>.</exception>
    ValueTask<bool> CreateAsync(
        string documentId, ContentType contentType = ContentType.Text, Document? content = null, string? title = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a document a title, or takes it away. For editors.</summary>
    /// <param name="documentId">The document.</param>
    /// <param name="title">At most 200 UTF-16 code units, no control characters; null or white space: no title.</param>
    /// <param name="cancellationToken">Gives up; what became of it is unknown then.</param>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentNotFound"/>.</exception>
    ValueTask SetTitleAsync(string documentId, string? title, CancellationToken cancellationToken = default);

    /// <summary>Deletes a document with its history; false if there is none. Who has it open hears of it, on other nodes within two seconds. For owners.</summary>
    ValueTask<bool> DeleteAsync(string documentId, CancellationToken cancellationToken = default);
}
