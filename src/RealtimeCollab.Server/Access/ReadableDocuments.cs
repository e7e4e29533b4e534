using System.Collections.Concurrent;
using System.Security.Claims;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Access;

/// <summary>
/// Which documents a user may read. An answer counts for <see cref="Lifetime"/>, so that a stream of messages does not ask for each of
/// them, and a right that was removed does not outlive it.
/// </summary>
internal sealed class ReadableDocuments(ClaimsPrincipal user, IOperationLog documents, DocumentRoles roles, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private const int MaxKnown = 5_000;

    private readonly ConcurrentDictionary<string, Answer> _known = new(StringComparer.Ordinal);

    public async ValueTask<DocumentAccess> FindAsync(string documentId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(documentId, out var known) && time.GetElapsedTime(known.At) < Lifetime)
            return known.Access;
        var at = time.GetTimestamp();
        var access = await AskAsync(documentId, cancellationToken);
        if (_known.Count >= MaxKnown)
            _known.Clear();
        _known[documentId] = new Answer(access, at);
        return access;
    }

    public async ValueTask<bool> MayReadAsync(string documentId, CancellationToken cancellationToken) =>
        await FindAsync(documentId, cancellationToken) == DocumentAccess.Readable;

    private async ValueTask<DocumentAccess> AskAsync(string documentId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(documentId, cancellationToken) is not { } document)
            return DocumentAccess.Missing;
        return await roles.AskAsync(user, document, cancellationToken) >= DocumentRole.Viewer
            ? DocumentAccess.Readable
            : DocumentAccess.Denied;
    }

    private sealed record Answer(DocumentAccess Access, long At);
}

/// <summary>What a document is to a user.</summary>
internal enum DocumentAccess
{
    Missing,
    Denied,
    Readable,
}
