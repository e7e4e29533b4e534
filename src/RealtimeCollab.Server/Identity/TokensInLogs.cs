using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Server.Identity;

/// <summary>The host logs each request with its query, and the query of a WebSocket or an event stream holds the token.</summary>
internal static class TokensInLogs
{
    private const string HostsCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>
    /// Has the host log no requests, whatever else the application's rules say: a rule that names a provider comes before those that name none,
    /// however exact these are, so each provider that rules name gets one of its own.
    /// </summary>
    public static void KeepOut(LoggerFilterOptions logging)
    {
        var providers = logging.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList();
        foreach (var provider in providers)
            logging.Rules.Add(new LoggerFilterRule(provider, HostsCategory, LogLevel.Warning, filter: null));
    }
}
