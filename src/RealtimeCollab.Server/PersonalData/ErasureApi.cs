using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Sessions.PersonalData;

namespace RealtimeCollab.Server.PersonalData;

/// <summary>Lets administrators forget a user: <c>DELETE /api/users/{userId}</c>.</summary>
internal static class ErasureApi
{
    public const string Path = "/api/users";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins) =>
        ApiGroup.MapForAdministrators(endpoints, origins, Path).MapDelete("/{userId}", EraseAsync)
            .Describe<Erasure>("eraseUser", "Forgets a user; for administrators.");

    private static async Task<IResult> EraseAsync(HttpContext context, PersonalDataEraser eraser) =>
        ApiGroup.Json(await eraser.EraseAsync(UserInAddress.Read(context), context.RequestAborted));
}
