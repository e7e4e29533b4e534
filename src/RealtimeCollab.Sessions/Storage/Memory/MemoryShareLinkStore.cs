using RealtimeCollab.Sessions.Storage.Access;

namespace RealtimeCollab.Sessions.Storage.Memory;

/// <summary>Links in memory, beside the documents that they belong to. Thread-safe.</summary>
/// <param name="documents">Whose they are.</param>
public sealed class MemoryShareLinkStore(MemoryStore documents) : IShareLinkStore
{
    /// <inheritdoc/>
    public async ValueTask AddAsync(ShareLink link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        await documents.WithAsync(
            link.DocumentId,
            link.Incarnation,
            document => (document ?? throw CollabException.DocumentNotFound(link.DocumentId)).Links.TryAdd(link.LinkId, link),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ShareLink>> ListAsync(string documentId, string incarnation, CancellationToken cancellationToken) =>
        documents.WithAsync<IReadOnlyList<ShareLink>>(
            documentId,
            incarnation,
            document => document is null
                ? []
                : [.. document.Links.Values.OrderByDescending(link => link.CreatedAt).ThenBy(link => link.LinkId, StringComparer.Ordinal)],
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShareLink?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        documents.WithAllAsync(
            all => all.SelectMany(document => document.Links.Values).FirstOrDefault(link => link.TokenHash == tokenHash), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string documentId, string incarnation, string linkId, CancellationToken cancellationToken) =>
        documents.WithAsync(documentId, incarnation, document => document?.Links.Remove(linkId) ?? false, cancellationToken);
}
