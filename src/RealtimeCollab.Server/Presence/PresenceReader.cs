using RealtimeCollab.Protocol.Presence;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Server.Presence;

/// <summary>Answers who is here, to those who may know.</summary>
internal sealed class PresenceReader(PresenceTracker tracker, PresenceOptions options, IPresenceAuthorizer authorizer)
{
    /// <summary>About what a user takes on the wire.</summary>
    private const long BytesOfUser = 300;

    public async Task<PresenceUsers> WatchAsync(
        PresenceHubConnection connection, IReadOnlyCollection<string> userIds, IReadOnlyCollection<string> documentIds)
    {
        await RequireSeenAsync(connection, userIds);
        if (documentIds.Count > options.MaxWatchedDocuments)
            throw CollabException.RateLimited($"A connection may watch {options.MaxWatchedDocuments} documents.");
        foreach (var documentId in documentIds)
            await RequireReadableAsync(connection, documentId);
        return await AnswerAsync(connection, connection.Watcher.Watch(userIds, documentIds));
    }

    public async Task<PresenceUsers> GetAsync(PresenceHubConnection connection, IReadOnlyCollection<string> userIds)
    {
        await RequireSeenAsync(connection, userIds);
        return await AnswerAsync(connection, tracker.Get(userIds));
    }

    private static async Task<PresenceUsers> AnswerAsync(PresenceHubConnection connection, IReadOnlyList<UserPresence> users)
    {
        connection.ExpectLargeAnswer(users.Count * BytesOfUser);
        return new PresenceUsers { Users = await connection.View.OfAsync(users, connection.Aborted) };
    }

    private static async ValueTask RequireReadableAsync(PresenceHubConnection connection, string documentId)
    {
        switch (await connection.Documents.FindAsync(documentId, connection.Aborted))
        {
            case DocumentAccess.Missing:
                throw CollabException.DocumentNotFound(documentId);
            case DocumentAccess.Denied:
                throw CollabException.PermissionDenied("The user may not read the document.");
        }
    }

    private async ValueTask RequireSeenAsync(PresenceHubConnection connection, IReadOnlyCollection<string> userIds)
    {
        if (userIds.Count > options.MaxWatchedUsers)
            throw CollabException.RateLimited($"A connection may watch {options.MaxWatchedUsers} users.");
        foreach (var userId in userIds)
        {
            if (!await authorizer.MaySeeAsync(connection.User, userId, connection.Aborted))
                throw CollabException.PermissionDenied("The user may not see one of these users.");
        }
    }
}
