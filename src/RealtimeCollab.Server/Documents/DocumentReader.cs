using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Documents;

/// <summary>Answers what clients ask to find out whether they missed something.</summary>
internal sealed class DocumentReader(
    DocumentSessions sessions, DocumentRoles roles, IOptions<RealtimeCollabOptions> options, TimeProvider time)
{
    private readonly int _documentsPerConnection = options.Value.Limits.DocumentsPerConnection;

    public async Task<OperationBatch> GetOperationsAsync(DocumentConnection connection, GetOperationsRequest request)
    {
        connection.Reads.Take();
        if (request.Limit is < 1 or > LogPages.MaxOperations)
            throw CollabException.InvalidRequest($"limit is 1 to {LogPages.MaxOperations}.");
        var limit = request.Limit ?? LogPages.MaxOperations;
        if (connection.Find(request.DocumentId) is { } joined)
        {
            await joined.Grant.GetRoleAsync(connection.Aborted);
            joined.Grant.Require(DocumentRole.Viewer);
            return await ReadAsync(connection, joined.Session, request.FromRevision, limit);
        }

        await roles.RequireAsync(connection.User, request.DocumentId, DocumentRole.Viewer, connection.Aborted);
        using var lease = await sessions.OpenAsync(request.DocumentId, connection.Aborted);
        return await ReadAsync(connection, lease.Session, request.FromRevision, limit);
    }

    public HeartbeatResult GetHeads(DocumentConnection connection, HeartbeatRequest request)
    {
        if (request.DocumentIds.Count > _documentsPerConnection)
            throw CollabException.InvalidRequest($"documentIds has {request.DocumentIds.Count} ids; a connection may have {_documentsPerConnection} documents open.");
        var heads = new Dictionary<string, long>(request.DocumentIds.Count, StringComparer.Ordinal);
        var checksums = new Dictionary<string, DocumentChecksum>(StringComparer.Ordinal);
        foreach (var documentId in request.DocumentIds)
        {
            Require.DocumentId(documentId);
            if (connection.Find(documentId) is not { } joined)
                continue;
            heads[documentId] = joined.Session.State.Revision;
            if (joined.Session.FindChecksum() is { } checksum)
                checksums[documentId] = new DocumentChecksum { Revision = checksum.Revision, Hash = checksum.Hash };
        }

        return new HeartbeatResult
        {
            ServerTime = time.GetUtcNow(),
            Heads = heads,
            Checksums = checksums,
        };
    }

    private static async Task<OperationBatch> ReadAsync(DocumentConnection connection, DocumentSession session, long fromRevision, int limit)
    {
        var (entries, bytes) = await LogPages.ReadAsync(session, fromRevision, limit, connection.Aborted);
        connection.ExpectLargeAnswer(bytes);
        return entries.ToBatch(session.DocumentId, fromRevision);
    }
}
