using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;

namespace RealtimeCollab.Server.Configuration;

/// <summary>
/// Binds the parts that this library owns and refuses names it does not know in them, so that a misspelt setting stops
/// the start instead of being ignored. Other parts of the section belong to stores and hosts.
/// </summary>
internal sealed class ConfigurationBinding(IConfiguration configuration) : IConfigureOptions<RealtimeCollabOptions>
{
    public void Configure(RealtimeCollabOptions options)
    {
        var section = configuration.GetSection(RealtimeCollabOptions.SectionName);
        Bind(section.GetSection(nameof(options.Auth)), options.Auth);
        Bind(section.GetSection(nameof(options.Access)), options.Access);
        Bind(section.GetSection(nameof(options.Retention)), options.Retention);
        Bind(section.GetSection(nameof(options.Hooks)), options.Hooks);
        Bind(section.GetSection(nameof(options.Webhooks)), options.Webhooks);
        var limits = section.GetSection(nameof(options.Limits));
        Bind(limits, options.Limits, isShared: true);
        Bind(limits, options.ConnectionLimits, isShared: true);
        Bind(limits, options.RequestLimits, isShared: true);
        RefuseUnknown(limits, typeof(ServerLimits), typeof(ConnectionLimitOptions), typeof(RequestLimitOptions));
        foreach (var origin in section.GetSection(nameof(options.AllowedOrigins)).GetChildren())
            options.AllowedOrigins.Add(origin.Value ?? "");
    }

    /// <param name="section">The settings.</param>
    /// <param name="target">What has them.</param>
    /// <param name="isShared">Some of the settings are another's.</param>
    private static void Bind(IConfigurationSection section, object target, bool isShared = false)
    {
        try
        {
            section.Bind(target, binder => binder.ErrorOnUnknownConfiguration = !isShared);
        }
        catch (InvalidOperationException reason)
        {
            // the binder's own message names a value that cannot be read, but an unknown name without its section
            throw Wrong($"{section.Path}: {reason.Message}");
        }
    }

    private static void RefuseUnknown(IConfigurationSection section, params IEnumerable<Type> known)
    {
        var names = known.SelectMany(type => type.GetProperties()).Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren().Where(setting => !names.Contains(setting.Key)))
            throw Wrong($"{setting.Path} is no setting.");
    }

    private static OptionsValidationException Wrong(string message) =>
        new(RealtimeCollabOptions.SectionName, typeof(RealtimeCollabOptions), [message]);
}
