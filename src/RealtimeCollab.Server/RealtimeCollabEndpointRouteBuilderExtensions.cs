using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RealtimeCollab.Server.Chat;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.Notifications;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Server.PersonalData;
using RealtimeCollab.Server.Presence;
using RealtimeCollab.Server.Telemetry;
using RealtimeCollab.Server.Webhooks;

namespace RealtimeCollab.Server;

/// <summary>Maps the endpoints of real-time collaboration.</summary>
public static class RealtimeCollabEndpointRouteBuilderExtensions
{
    private const string DocumentHubPath = "/hubs/document";
    private const string PresenceHubPath = "/hubs/presence";
    private const string ChatHubPath = "/hubs/chat";

    /// <summary>
    /// A snapshot is one send, and may be tens of megabytes on a slow line. Receivers that are slow in a room are found much
    /// sooner, by the bytes that wait for them.
    /// </summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Maps the hubs <c>/hubs/document</c>, <c>/hubs/chat</c> and <c>/hubs/presence</c>, the documents under <c>/api/documents</c>,
    /// <c>POST /api/links</c>, <c>POST /api/broadcasts</c>, <c>GET /api/stats</c>, <c>DELETE /api/users/{userId}</c>, <c>/api/webhooks/dead-letters</c>, the description of these at
    /// <c>/openapi/v1.json</c>, <c>/health/live</c> and <c>/health/ready</c>, and in the Development environment <c>POST /dev/token</c>.
    /// </summary>
    /// <param name="endpoints">The application's endpoints.</param>
    public static IEndpointRouteBuilder MapRealtimeCollab(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var origins = endpoints.ServiceProvider.GetRequiredService<OriginPolicy>();
        MapHub<DocumentHub>(endpoints, DocumentHubPath, origins);
        MapHub<PresenceHub>(endpoints, PresenceHubPath, origins);
        MapHub<ChatHub>(endpoints, ChatHubPath, origins);
        DocumentRoutes.Map(endpoints, origins);
        AccessRoutes.Map(endpoints, origins);
        Broadcasts.Map(endpoints, origins);
        StatsApi.Map(endpoints, origins);
        ErasureApi.Map(endpoints, origins);
        DeadLetterApi.Map(endpoints, origins);
        OpenApiDescription.Map(endpoints);
        if (endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            origins.Guard(endpoints.MapPost(DevelopmentTokens.Path, DevelopmentTokens.Create));

        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(RealtimeCollabServiceCollectionExtensions.ReadyTag),
        });
        return endpoints;
    }

    private static void MapHub<THub>(IEndpointRouteBuilder endpoints, string path, OriginPolicy origins)
        where THub : Hub
    {
        var hub = endpoints.MapHub<THub>(path, Configure).RequireAuthorization(CollabIdentity.Scheme);
        origins.Guard(hub);
    }

    private static void Configure(HttpConnectionDispatcherOptions options)
    {
        options.CloseOnAuthenticationExpiration = true;
        options.TransportSendTimeout = LongestSend;
    }
}
