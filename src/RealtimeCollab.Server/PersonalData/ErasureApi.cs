using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Sessions;
using RealtimeCollab.Sessions.PersonalData;

namespace RealtimeCollab.Server.PersonalData;

/// <summary>Lets administrators forget a user: <c>DELETE /api/users/{userId}</c>.</summary>
internal static class ErasureApi
{
    public const string Path = "/api/users";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins) =>
        ApiGroup.Map(endpoints, origins, Path).MapDelete("/{userId}", EraseAsync)
            .Describe<Erasure>("eraseUser", "Forgets a user; for administrators.");

    private static async Task<IResult> EraseAsync(string userId, ClaimsPrincipal user, PersonalDataEraser eraser, HttpContext context)
    {
        if (!user.IsInRole(CollabIdentity.AdminRole))
            throw CollabException.PermissionDenied("Only administrators may erase users.");
        if (!CollabIdentity.IsValid(userId))
            throw CollabException.InvalidRequest("userId: an id has 1 to 128 UTF-16 code units and no control characters.");
        return Results.Json(await eraser.EraseAsync(userId, context.RequestAborted), ProtocolJson.Options);
    }
}
