using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Notifications;
using RealtimeCollab.Server.PersonalData;
using RealtimeCollab.Server.Telemetry;
using RealtimeCollab.Server.Webhooks;

namespace RealtimeCollab.Server.Identity;

/// <summary>
/// Answers preflights for this library's paths before anything asks them for a token, without the application having to
/// order its pipeline. Other paths are left to the application.
/// </summary>
internal sealed class CorsAtStart : IStartupFilter
{
    private static readonly PathString[] Paths =
    [
        "/hubs", DocumentRoutes.Path, AccessRoutes.LinksPath, Broadcasts.Path, StatsApi.Path, ErasureApi.Path, DeadLetterApi.Path, DevelopmentTokens.Path,
    ];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(
            context => Array.Exists(Paths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)),
            ours => ours.UseCors(CollabIdentity.Scheme));
        next(app);
    };
}
