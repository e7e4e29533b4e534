using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.Documents;

namespace RealtimeCollab.Server.Followers;

/// <summary>Gives clients an address at which an EventSource, which can set no header, follows a document.</summary>
internal sealed class EventAddresses(DocumentSessions sessions, DocumentRoles roles, EventTickets tickets)
{
    /// <summary>The document as it is, and the address of what comes after; the connection stays outside.</summary>
    /// <exception cref="CollabException">The refusal.</exception>
    public async Task<DocumentSnapshot> SubscribeAsync(DocumentConnection connection, HttpContext? context, SubscribeRequest request)
    {
        var grant = await roles.RequireAsync(connection.User, request.DocumentId, DocumentRole.Viewer, connection.Aborted);
        using var lease = await sessions.OpenAsync(grant.Document, connection.Aborted);
        var session = lease.Session;
        var resume = await session.ResumeAsync(request.SinceRevision, connection.Aborted);
        var identity = connection.Identity;
        var expires = context?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        var ticket = tickets.Create(connection.User, expires, new EventTicket(request.DocumentId, identity.ClientId, identity.Device));
        var path = context?.Request.PathBase.Add($"{DocumentRoutes.Path}/{request.DocumentId}/events") ?? $"{DocumentRoutes.Path}/{request.DocumentId}/events";
        connection.ExpectLargeAnswer(resume.Snapshot?.Document.Length ?? OperationSize.Estimate(resume.Entries));
        return session.ToSnapshot(resume, grant.Role, readOnly: true, identity.ClientId) with
        {
            EventsUrl = FormattableString.Invariant($"{path}?since={resume.Revision}&{TicketInQuery.Name}={ticket}"),
        };
    }
}
