using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RealtimeCollab.Protocol;
using RealtimeCollab.Server.Limits;

namespace RealtimeCollab.Server.Identity;

/// <summary>
/// Reads a bearer token from the Authorization header or, for hubs alone, from the query: a browser cannot give a
/// WebSocket or an EventSource a header.
/// </summary>
internal sealed class BearerAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";
    private const string QueryName = "access_token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (FindToken() is not { Length: > 0 } token)
            return AuthenticateResult.NoResult();
        if (await tokens.ReadAsync(token) is not var (user, expires))
            return AuthenticateResult.Fail("The token is not valid.");

        Context.Features.Get<Stranger>()?.Introduce();
        // SignalR closes the connection when the token ends
        var properties = new AuthenticationProperties { ExpiresUtc = expires };
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(user), properties, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, ErrorCodes.Unauthenticated, "A valid bearer token is required.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, ErrorCodes.PermissionDenied, "The user may not do this.");

    private string? FindToken()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return header[Prefix.Length..].Trim();
        return Context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is null ? null : Request.Query[QueryName].ToString();
    }
}
