using RealtimeCollab.Client.Http;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>The past of a document: any revision that the server still has, those that people named, and the way back to one.</summary>
public sealed class VersionHistory
{
    private readonly DocumentRequests? _requests;
    private readonly Func<long> _revision;

    internal VersionHistory(DocumentRequests? requests, Func<long> revision) => (_requests, _revision) = (requests, revision);

    private DocumentRequests Requests => _requests ?? throw new InvalidOperationException(
        "The client was made with a HubConnection and without an HttpClient, which versions need.");

    /// <summary>The named versions, the newest revision first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">The server's refusal, or <c>connection_lost</c>.</exception>
    public async Task<IReadOnlyList<DocumentVersion>> ListAsync(CancellationToken cancellationToken = default) =>
        (await Requests.GetAsync<DocumentVersions>("/versions", cancellationToken).ConfigureAwait(false)).Versions;

    /// <summary>The document as it was at a revision.</summary>
    /// <param name="revision">From 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">
    /// <c>revision_ahead</c>; <c>revision_too_old</c> for one that was compacted away and not named; or <c>connection_lost</c>.
    /// </exception>
    public Task<DocumentRevision> ReadAsync(long revision, CancellationToken cancellationToken = default) =>
        Requests.GetAsync<DocumentRevision>($"?revision={revision}", cancellationToken);

    /// <summary>Names a revision, so that it is found again and outlives compaction.</summary>
    /// <param name="name">1 to 200 UTF-16 code units.</param>
    /// <param name="revision">The last one of the server that is here, if null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CollabClientException">The server's refusal, or <c>connection_lost</c>.</exception>
    public Task<DocumentVersion> CreateAsync(string name, long? revision = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = new CreateVersionRequest { VersionId = InFlightOperation.NewOperationId(), Name = name, Revision = revision ?? _revision() };
        return Requests.PostAsync<DocumentVersion>("/versions", request, cancellationToken);
    }

    /// <summary>
    /// Brings the document back to a revision, for everybody, by a new operation: what came since stays in the history, and what others type
    /// meanwhile stays in the text.
    /// </summary>
    /// <param name="revision">From 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The revision that this made.</returns>
    /// <exception cref="CollabClientException"><c>revision_ahead</c>, <c>revision_too_old</c>, <c>permission_denied</c>, or <c>connection_lost</c>.</exception>
    public async Task<long> RestoreAsync(long revision, CancellationToken cancellationToken = default)
    {
        var request = new RestoreRequest { Revision = revision, BaseRevision = _revision(), OperationId = InFlightOperation.NewOperationId() };
        return (await Requests.PostAsync<SubmitOperationResult>("/restore", request, cancellationToken).ConfigureAwait(false)).Revision;
    }
}
