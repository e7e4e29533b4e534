using System.Security.Claims;
using Microsoft.Extensions.Options;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Documents;

/// <summary>Creates documents for users who may.</summary>
internal sealed class DocumentCreation(
    IOperationLog log,
    DocumentSessions sessions,
    IDocumentAuthorizer authorizer,
    OperationGate gate,
    IOptions<RealtimeCollabOptions> options,
    TimeProvider time)
{
    private readonly ServerLimits _limits = options.Value.Limits;
    private readonly long _maxFormatWeight = options.Value.RequestLimits.MaxFormatWeight;

    /// <summary>A document that the user may create with its first operation, and is the owner of.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.PermissionDenied"/>, or what the application's hooks refuse with.</exception>
    public async ValueTask<NewDocument> DraftAsync(
        ClaimsPrincipal user, string documentId, ContentType type, string? title, NewEntry? first, CancellationToken cancellationToken)
    {
        await RequireMayCreateAsync(user, documentId, cancellationToken);
        var document = Draft(CollabIdentity.GetUserId(user), documentId, type, title);
        await gate.PassAsync(user, document, first, cancellationToken);
        return document;
    }

    /// <summary>Asks whether the user may create a document.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.PermissionDenied"/>.</exception>
    public async ValueTask RequireMayCreateAsync(ClaimsPrincipal user, string documentId, CancellationToken cancellationToken)
    {
        if (!await authorizer.MayCreateAsync(user, documentId, cancellationToken))
            throw CollabException.PermissionDenied("The document does not exist, and the user may not create it.");
    }

    /// <summary>A document that nobody is asked about.</summary>
    public NewDocument Draft(string userId, string documentId, ContentType type, string? title) =>
        new(documentId, NewId(), type, userId, time.GetUtcNow()) { Title = title };

    /// <summary>Creates a document unless there is one with its id; false: there is.</summary>
    /// <param name="user">Becomes its owner.</param>
    /// <param name="documentId">Its id.</param>
    /// <param name="type">Plain or rich text.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="content">What it holds; null: nothing.</param>
    /// <param name="cancellationToken">Stops waiting; whether it was created is then unknown.</param>
    /// <exception cref="CollabException"><see cref="CollabError.PermissionDenied"/>, <see cref="CollabError.InvalidOperation"/>,
    /// <see cref="CollabError.DocumentTooLarge"/> or <see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<bool> TryCreateAsync(
        ClaimsPrincipal user, string documentId, ContentType type, string? title, Document? content, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(documentId, cancellationToken) is not null)
            return false;
        var first = ToEntry(content, type);
        return await TryCreateAsync(await DraftAsync(user, documentId, type, title, first, cancellationToken), first, cancellationToken);
    }

    /// <summary>Creates a document unless there is one with its id; false: there is.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/>.</exception>
    public async ValueTask<bool> TryCreateAsync(NewDocument document, NewEntry? first, CancellationToken cancellationToken) =>
        (await sessions.CreateAsync(document, first, cancellationToken)).Incarnation == document.Incarnation;

    /// <summary>The operation that writes the first content; null: there is none.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.InvalidOperation"/> or <see cref="CollabError.DocumentTooLarge"/>.</exception>
    public NewEntry? ToEntry(Document? content, ContentType type)
    {
        if (content is null || content.Length == 0)
            return null;
        CheckSize(content);
        if (type == ContentType.Text && content.IsRich)
            throw CollabException.RichOperationInPlainText();
        return new NewEntry(NewId(), NewId(), DocumentDiff.Compute(Document.Empty, content));
    }

    /// <summary>Refuses a content that no document may have.</summary>
    /// <exception cref="CollabException"><see cref="CollabError.DocumentTooLarge"/>.</exception>
    public void CheckSize(Document content)
    {
        if (content.Length > _limits.MaxDocumentLength)
            throw CollabException.DocumentTooLarge(content.Length, _limits.MaxDocumentLength);
        if (content.FormatWeight > _maxFormatWeight)
            throw CollabException.FormatsTooHeavy(content.FormatWeight, _maxFormatWeight);
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
