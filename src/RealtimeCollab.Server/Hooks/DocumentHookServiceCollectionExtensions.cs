using Microsoft.Extensions.DependencyInjection;

namespace RealtimeCollab.Server.Hooks;

/// <summary>Lets an application take part in what happens to documents.</summary>
public static class DocumentHookServiceCollectionExtensions
{
    /// <summary>
    /// Adds a hook, before or after AddRealtimeCollab. Hooks of a kind are called in the order in which they were added. There is one of it for the whole
    /// application, made when it is first called; it may take <see cref="Application.IDocumentService"/>.
    /// </summary>
    /// <typeparam name="THook">Implements one or more of <see cref="IDocumentLoadHook"/>, <see cref="IOperationHook"/> and <see cref="ICommitHook"/>.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <exception cref="ArgumentException">It implements none of them.</exception>
    public static IServiceCollection AddDocumentHook<THook>(this IServiceCollection services)
        where THook : class
    {
        ArgumentNullException.ThrowIfNull(services);
        Type[] kinds = [.. Kinds.Where(kind => kind.IsAssignableFrom(typeof(THook)))];
        if (kinds.Length == 0)
            throw new ArgumentException($"{typeof(THook)} implements none of {string.Join(", ", Kinds.Select(kind => kind.Name))}.", nameof(services));
        services.AddSingleton<THook>();
        foreach (var kind in kinds)
            services.AddSingleton(kind, provider => provider.GetRequiredService<THook>());
        return services;
    }

    private static readonly Type[] Kinds = [typeof(IDocumentLoadHook), typeof(IOperationHook), typeof(ICommitHook)];
}
