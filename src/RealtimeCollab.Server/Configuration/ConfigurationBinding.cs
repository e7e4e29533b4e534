using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

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
        Bind(section.GetSection(nameof(options.Limits)), options.Limits);
        foreach (var origin in section.GetSection(nameof(options.AllowedOrigins)).GetChildren())
            options.AllowedOrigins.Add(origin.Value ?? "");
    }

    private static void Bind(IConfigurationSection section, object target)
    {
        try
        {
            section.Bind(target, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException reason)
        {
            // the binder's own message names a value that cannot be read, but an unknown name without its section
            throw new OptionsValidationException(
                RealtimeCollabOptions.SectionName, typeof(RealtimeCollabOptions), [$"{section.Path}: {reason.Message}"]);
        }
    }
}
