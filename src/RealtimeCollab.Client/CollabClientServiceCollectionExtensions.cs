using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client to an application.</summary>
public static class CollabClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="CollabClient"/>. It begins to connect when it is asked for first, and leaves with the container or the scope.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connection">Which server, and as whom.</param>
    /// <param name="configure">Changes the options, which have the application's clock and logging already; null to leave them so.</param>
    /// <param name="lifetime">
    /// Singleton for a service that has an identity of its own; scoped where each user's scope has one, as in Blazor Server.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRealtimeCollabClient(
        this IServiceCollection services,
        Func<IServiceProvider, CollabConnectionOptions> connection,
        Func<IServiceProvider, CollabClientOptions, CollabClientOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connection);
        services.TryAdd(new ServiceDescriptor(typeof(CollabClient), provider => Start(provider, connection(provider), configure), lifetime));
        return services;
    }

    private static CollabClient Start(
        IServiceProvider provider, CollabConnectionOptions connection, Func<IServiceProvider, CollabClientOptions, CollabClientOptions>? configure)
    {
        var options = new CollabClientOptions();
        options = options with
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? options.TimeProvider,
            LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory,
        };
        var client = CollabClient.Create(connection, configure?.Invoke(provider, options) ?? options);
        client.Start();
        return client;
    }
}
