using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Server.Access;
using RealtimeCollab.Server.Application;
using RealtimeCollab.Server.Chat;
using RealtimeCollab.Server.Configuration;
using RealtimeCollab.Server.Connections;
using RealtimeCollab.Server.Delivery;
using RealtimeCollab.Server.Documents;
using RealtimeCollab.Server.Followers;
using RealtimeCollab.Server.Health;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Http;
using RealtimeCollab.Server.Hubs;
using RealtimeCollab.Server.Identity;
using RealtimeCollab.Server.OpenApi;
using RealtimeCollab.Server.Limits;
using RealtimeCollab.Server.PersonalData;
using RealtimeCollab.Server.Presence;
using RealtimeCollab.Server.Refusals;
using RealtimeCollab.Server.Telemetry;
using RealtimeCollab.Server.Webhooks;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Documents.Notices;
using RealtimeCollab.Sessions.History;
using RealtimeCollab.Sessions.PersonalData;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Presence.Nodes;
using RealtimeCollab.Sessions.Presence.Nodes.Memory;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Server;

/// <summary>Adds real-time collaboration to an application.</summary>
public static class RealtimeCollabServiceCollectionExtensions
{
    /// <summary>Tag of the health checks that decide whether the server is ready.</summary>
    internal const string ReadyTag = "realtimecollab-ready";

    /// <inheritdoc cref="AddRealtimeCollab(IServiceCollection, Action{RealtimeCollabOptions})"/>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Changes settings after they were read.</param>
    public static IHostApplicationBuilder AddRealtimeCollab(this IHostApplicationBuilder builder, Action<RealtimeCollabOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddRealtimeCollab(configure);
        return builder;
    }

    /// <summary>
    /// Adds the hubs and what they need, with settings from the configuration section <c>RealtimeCollab</c>. A store has to be
    /// added too, such as AddSqliteStorage. A wrong or missing setting stops the start with an
    /// <see cref="OptionsValidationException"/> that names it.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes settings after they were read.</param>
    public static IServiceCollection AddRealtimeCollab(this IServiceCollection services, Action<RealtimeCollabOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        AddSettings(services, configure);
        AddTelemetry(services);
        AddIdentity(services);
        services.AddAccess();
        services.AddHooks();
        AddDocuments(services);
        services.AddFollowers();
        services.AddDescription();
        AddPresence(services);
        services.AddChat();
        AddPersonalData(services);
        services.AddWebhooks();
        AddHubs(services);
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("realtimecollab-store", tags: [ReadyTag]);
        return services;
    }

    private static void AddSettings(IServiceCollection services, Action<RealtimeCollabOptions>? configure)
    {
        services.AddSingleton<IConfigureOptions<RealtimeCollabOptions>, ConfigurationBinding>();
        services.AddSingleton<IValidateOptions<RealtimeCollabOptions>, RealtimeCollabOptionsValidator>();
        var options = services.AddOptions<RealtimeCollabOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        services.TryAddSingleton<NodeState>();
        services.TryAddSingleton<CollabMetrics>();
        services.TryAddSingleton<RefusalMetrics>();
        services.TryAddSingleton<DeliveryMetrics>();
        services.TryAddSingleton<NodeStatistics>();
        services.TryAddSingleton<StatsApi>();
        services.AddHostedService<NodeGauges>();
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.TryAddSingleton<SigningKey>();
        services.TryAddSingleton<TokenAuthority>();
        services.TryAddSingleton<AccessTokens>();
        services.TryAddSingleton<OriginPolicy>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerAuthenticationHandler>(CollabIdentity.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(CollabIdentity.Scheme, policy => policy
            .AddAuthenticationSchemes(CollabIdentity.Scheme)
            .RequireAuthenticatedUser());
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<OriginPolicy>((cors, origins) => cors.AddPolicy(CollabIdentity.Scheme, policy => policy
            .SetIsOriginAllowed(origins.IsAllowed)
            .AllowAnyHeader()
            .AllowAnyMethod()
            .AllowCredentials()));
        services.AddSingleton<IStartupFilter, CorsAtStart>();
        services.PostConfigure<LoggerFilterOptions>(TokensInLogs.KeepOut);
    }

    private static void AddDocuments(IServiceCollection services)
    {
        services.TryAddSingleton<IOperationLog>(_ => throw NoStore());
        services.TryAddSingleton<ISnapshotStore>(_ => throw NoStore());
        services.TryAddSingleton<IVersionStore>(_ => throw NoStore());
        services.TryAddSingleton<DocumentHistory>();
        services.TryAddSingleton<DocumentNotifier>();
        services.TryAddSingleton<IDocumentEvents, DocumentBroadcast>();
        services.TryAddSingleton(provider => ToSessionOptions(provider.GetRequiredService<IOptions<RealtimeCollabOptions>>().Value));
        services.TryAddSingleton<ICommitNotices>(provider => provider.GetRequiredService<CommitHookQueue>().Tap(
            provider.GetService<IBackplane>() is null ? new NoOtherNodes() : ActivatorUtilities.CreateInstance<BackplaneCommitNotices>(provider)));
        services.TryAddSingleton(CreateSessions);
        services.TryAddSingleton<DocumentConnections>();
        services.TryAddSingleton<DocumentMembership>();
        services.AddSingleton<IDocumentGuests, DocumentGuests>();
        services.TryAddSingleton<DocumentReader>();
        services.TryAddSingleton<OperationIntake>();
        services.TryAddSingleton<IDocumentCatalog>(_ => throw NoStore());
        services.TryAddSingleton<DocumentCreation>();
        services.TryAddSingleton<DocumentDeletion>();
        services.TryAddSingleton<DocumentParts>();
        services.TryAddSingleton<IDocumentService, DocumentService>();
        services.TryAddSingleton<PageMarks>();
        services.TryAddSingleton<CatalogApi>();
        services.TryAddSingleton<DocumentApi>();
        services.TryAddSingleton<ExportApi>();
        services.TryAddSingleton<ImportApi>();
        services.AddHostedService<DrainAtShutdown>();
    }

    /// <summary>With a backplane rooms are shared with the other nodes.</summary>
    private static DocumentSessions CreateSessions(IServiceProvider provider) => provider.GetService<IBackplane>() is null
        ? ActivatorUtilities.CreateInstance<DocumentSessions>(provider)
        : ActivatorUtilities.CreateInstance<DocumentSessions>(provider, ActivatorUtilities.CreateInstance<BackplaneRoomNotices>(provider));

    private static void AddPresence(IServiceCollection services)
    {
        services.TryAddSingleton<PresenceOptions>();
        services.TryAddSingleton<IPresenceStore, MemoryPresenceStore>();
        services.TryAddSingleton<IPresenceAuthorizer, DefaultPresenceAuthorizer>();
        services.TryAddSingleton<PresenceTracker>();
        services.TryAddSingleton<PresenceHubConnections>();
        services.TryAddSingleton<PresenceReader>();
        services.AddHostedService<PresenceNodeService>();
    }

    private static void AddPersonalData(IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<RealtimeCollabOptions>>().Value.Retention);
        services.TryAddSingleton<PersonalDataEraser>();
        services.TryAddSingleton<Retention>();
        services.AddHostedService<RetentionService>();
    }

    private static void AddHubs(IServiceCollection services)
    {
        services.TryAddSingleton<ClientRegistry>();
        services.TryAddSingleton<Rates>();
        services.TryAddSingleton<ImportSeats>();
        services.TryAddSingleton<ConnectionSeats>();
        services.TryAddSingleton<StrangerLimits>();
        services.TryAddSingleton<Welcome>();
        services.TryAddSingleton<DeliveryLimits>();
        services.TryAddSingleton<RefusalFilter>();
        services.AddSignalR()
            .AddJsonProtocol(json => ProtocolJson.Configure(json.PayloadSerializerOptions))
            .AddCollabMessagePack()
            .AddCollabHub<DocumentHub>()
            .AddCollabHub<PresenceHub>()
            .AddCollabHub<ChatHub>();
    }

    internal static InvalidOperationException NoStore() =>
        new("RealtimeCollab has no store: add one beside AddRealtimeCollab, such as AddSqliteStorage or AddMemoryStorage.");

    private static SessionOptions ToSessionOptions(RealtimeCollabOptions options) => new()
    {
        MaxDocumentLength = options.Limits.MaxDocumentLength,
        MaxFormatWeight = options.RequestLimits.MaxFormatWeight,
        MaxRebaseDistance = options.Limits.MaxRebaseDistance,
        HistoryHorizon = options.Limits.HistoryHorizon,
    };
}
