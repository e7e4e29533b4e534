using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;

namespace RealtimeCollab.Server.Http;

/// <summary>What all addresses of the API have in common: a token, an origin that may, a rate, refusals as problem details, the JSON of the contract.</summary>
internal static class ApiGroup
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, OriginPolicy origins, string path)
    {
        var group = endpoints.MapGroup(path).RequireAuthorization(CollabIdentity.Scheme);
        // the first is the outermost: it turns into problems what the others refuse with
        group.AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        group.AddEndpointFilter<RouteGroupBuilder, RequestRateFilter>();
        group.WithMetadata(ApiOperation.Undescribed);
        origins.Guard(group);
        return group;
    }

    /// <summary>As <see cref="Map"/>, for those who administer the server.</summary>
    public static RouteGroupBuilder MapForAdministrators(IEndpointRouteBuilder endpoints, OriginPolicy origins, string path)
    {
        var group = Map(endpoints, origins, path);
        group.AddEndpointFilter<RouteGroupBuilder, AdministratorFilter>();
        return group;
    }

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ProtocolJson.Options, statusCode: status);
}
