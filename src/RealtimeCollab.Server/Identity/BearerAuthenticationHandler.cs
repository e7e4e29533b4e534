using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Limits;

namespace RealtimeCollab.Server.Identity;

/// <summary>
/// Reads a bearer token from the Authorization header or, for hubs and event streams alone, from the query: a browser cannot give a
/// WebSocket or an EventSource a header.
/// </summary>
internal sealed class BearerAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens, EventTickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";
    private const string QueryName = "access_token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (FindToken() is { Length: > 0 } token)
        {
            return await tokens.ReadAsync(token) is var (user, expires)
                ? Accept(user, expires)
                : AuthenticateResult.Fail("The token is not valid.");
        }

        if (FindTicket() is { Length: > 0 } ticket)
        {
            return await tickets.ReadAsync(ticket, Request.RouteValues["documentId"] as string) is var (user, expires)
                ? Accept(user, expires)
                : AuthenticateResult.Fail("The ticket is not valid.");
        }

        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, ErrorCodes.Unauthenticated, "A valid bearer token is required.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, ErrorCodes.PermissionDenied, "The user may not do this.");

    /// <summary>SignalR closes the connection, and event streams end, when the token ends.</summary>
    private AuthenticateResult Accept(ClaimsIdentity user, DateTimeOffset? expires)
    {
        Context.Features.Get<Stranger>()?.Introduce();
        var properties = new AuthenticationProperties { ExpiresUtc = expires };
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(user), properties, Scheme.Name));
    }

    private string? FindToken()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return header[Prefix.Length..].Trim();
        return Has<HubMetadata>() || Has<TicketInQuery>() ? Request.Query[QueryName].ToString() : null;
    }

    private string? FindTicket() => Has<TicketInQuery>() ? Request.Query[TicketInQuery.Name].ToString() : null;

    private bool Has<TMetadata>()
        where TMetadata : class => Context.GetEndpoint()?.Metadata.GetMetadata<TMetadata>() is not null;
}
