using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;

namespace RealtimeCollab.Server.Http;

/// <summary>What all addresses of the API have in common: a token, an origin that may, refusals as problem details, the JSON of the contract.</summary>
internal static class ApiGroup
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, OriginPolicy origins, string path)
    {
        var group = endpoints.MapGroup(path).RequireAuthorization(CollabIdentity.Scheme);
        group.AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        group.WithMetadata(ApiOperation.Undescribed);
        origins.Guard(group);
        return group;
    }

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ProtocolJson.Options, statusCode: status);
}
