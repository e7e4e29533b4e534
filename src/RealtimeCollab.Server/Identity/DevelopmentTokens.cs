using Microsoft.AspNetCore.Http;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Server.Identity;

/// <summary>What <c>POST /dev/token</c> is given: whom to make a token for.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="UserName">The name that others see.</param>
/// <param name="Role">What the user is to the whole server, such as <c>admin</c>.</param>
internal sealed record DevelopmentTokenRequest(string? UserId, string? UserName, string? Role);

/// <summary>What <c>POST /dev/token</c> answers.</summary>
/// <param name="Token">A token for the Authorization header.</param>
internal sealed record DevelopmentToken(string Token);

/// <summary>Tokens for the asking; mapped in the Development environment only.</summary>
internal static class DevelopmentTokens
{
    public const string Path = "/dev/token";

    public static IResult Create(DevelopmentTokenRequest request, AccessTokens tokens)
    {
        if (!CollabIdentity.IsValid(request.UserId) || !CollabIdentity.IsValid(request.UserName))
            return Invalid($"userId and userName are required, of 1 to {CollabIdentity.MaxLength} characters.");
        if (request.Role is not null && !CollabIdentity.IsValid(request.Role))
            return Invalid($"role has 1 to {CollabIdentity.MaxLength} characters.");
        return Results.Ok(new DevelopmentToken(tokens.Create(request.UserId!, request.UserName!, request.Role)));
    }

    private static IResult Invalid(string detail) => Problems.Create(StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, detail);
}
