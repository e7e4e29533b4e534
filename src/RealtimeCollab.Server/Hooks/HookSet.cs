using Microsoft.Extensions.DependencyInjection;

namespace RealtimeCollab.Server.Hooks;

/// <summary>
/// The application's hooks of one kind. They are made when they are first called: a hook may need what needs this. Where there are none, that is all
/// there is to know.
/// </summary>
internal sealed class HookSet<THook>(IServiceProvider services, IServiceProviderIsService registered)
    where THook : class
{
    private readonly Lazy<IReadOnlyList<THook>> _hooks = new(() => [.. services.GetServices<THook>()]);

    public bool IsEmpty { get; } = !registered.IsService(typeof(THook));

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<THook> Hooks => _hooks.Value;
}
