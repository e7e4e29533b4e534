using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;

namespace RealtimeCollab.Server.Notifications;

/// <summary>What <c>POST /api/broadcasts</c> is given.</summary>
internal sealed record BroadcastRequest
{
    public required string Text { get; init; }

    public string? Type { get; init; }
}

/// <summary>What <c>POST /api/broadcasts</c> answers.</summary>
internal sealed record BroadcastAnswer(string BroadcastId);

/// <summary>Lets administrators speak to everyone.</summary>
internal static class Broadcasts
{
    public const string Path = "/api/broadcasts";

    public static void Map(IEndpointRouteBuilder endpoints, OriginPolicy origins) =>
        ApiGroup.MapForAdministrators(endpoints, origins, Path).MapPost("", SendAsync)
            .Describe<BroadcastRequest, BroadcastAnswer>("sendBroadcast", "Speaks to everyone who is connected; for administrators.");

    private static async Task<IResult> SendAsync(HttpContext context, ICollabNotifications notifications)
    {
        var request = await JsonBody.ReadAsync<BroadcastRequest>(context);
        var id = await notifications.BroadcastAsync(request.Text, request.Type ?? string.Empty, context.RequestAborted);
        return Results.Json(new BroadcastAnswer(id), ProtocolJson.Options);
    }
}
