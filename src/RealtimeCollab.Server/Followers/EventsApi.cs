using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Server.Refusals;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Rooms;

namespace RealtimeCollab.Server.Followers;

/// <summary>Answers <c>GET /api/documents/{documentId}/events</c>.</summary>
internal sealed class EventsApi(
    DocumentSessions sessions,
    DocumentRoles roles,
    ClientRegistry clients,
    FollowerRegistry followers,
    FollowerServices services,
    ConnectionSeats seats,
    ILogger<EventsApi> logger)
{
    private const string StreamName = "events";
    private const string LastEventId = "Last-Event-ID";

    /// <exception cref="CollabException">The refusal, while nothing is written.</exception>
    public async Task FollowAsync(HttpContext context, string documentId)
    {
        try
        {
            await OpenAsync(context, documentId);
        }
        catch (CollabException notNow) when (notNow.Error is CollabError.ServerDraining or CollabError.StoreUnavailable && !context.Response.HasStarted)
        {
            // an EventSource that gets an error status never comes back; one whose stream ends does
            await EventResponse.BeginAsync(context);
        }
        catch (Exception end) when (context.Response.HasStarted)
        {
            // the stream ends, and the client comes back with the last id that it has
            if (end is not (CollabException or OperationCanceledException or IOException))
                RefusalLog.Unexpected(logger, StreamName, end);
        }
    }

    private async Task OpenAsync(HttpContext context, string documentId)
    {
        Require.DocumentId(documentId);
        var since = ReadSince(context.Request);
        var grant = await roles.RequireAsync(context.User, documentId, DocumentRole.Viewer, context.RequestAborted);
        var userId = CollabIdentity.GetUserId(context.User);
        using var seat = seats.Take(StreamName, userId, context.Connection.RemoteIpAddress);
        var clientId = clients.Admit(userId, EventTicket.ClientIdOf(context));
        try
        {
            using var lease = await sessions.OpenAsync(grant.Document, context.RequestAborted);
            await FollowAsync(context, lease.Session, grant, clientId, since);
        }
        finally
        {
            clients.Release(clientId);
        }
    }

    private async Task FollowAsync(HttpContext context, DocumentSession session, DocumentGrant grant, string clientId, long? since)
    {
        var follower = new Follower($"events-{RandomNumberGenerator.GetHexString(16, lowercase: true)}", grant, ExpiryOf(context), context.AbortUnlessOver, services);
        // before the content is read: what is committed in between arrives twice, never not at all
        followers.Add(follower);
        try
        {
            await EventResponse.BeginAsync(context);
            session.Room.Join(new RoomMember
            {
                ConnectionId = follower.Id,
                ClientId = clientId,
                UserId = CollabIdentity.GetUserId(context.User),
                UserName = CollabIdentity.GetUserName(context.User),
                Device = EventTicket.DeviceOf(context),
                IsReading = true,
            });
            await new EventStream(context, session, follower, clientId).RunAsync(since);
        }
        finally
        {
            followers.Remove(follower);
            session.Room.Leave(follower.Id);
        }
    }

    /// <summary>The header is what an EventSource saw last, and newer than the address that it was given.</summary>
    private static long? ReadSince(HttpRequest request)
    {
        var value = request.Headers[LastEventId].ToString();
        if (value.Length == 0)
            value = request.Query["since"].ToString();
        if (value.Length == 0)
            return null;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw CollabException.InvalidRequest("Last-Event-ID and since are revisions: integers from 0.");
    }

    private static DateTimeOffset? ExpiryOf(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
}
