using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Limits;

/// <summary>Servers with limits that a test reaches soon.</summary>
internal static class LimitedApp
{
    /// <summary>A clock that the test moves. Begins at the present: SignalR compares the end of a token with the system's clock.</summary>
    public static ManualTime StandingClock() => new(TimeProvider.System.GetUtcNow());

    public static TestAppOptions With(TimeProvider time, params (string Limit, string Value)[] limits) => new()
    {
        Time = time,
        Settings = limits
            .Select(limit => ($"RealtimeCollab:Limits:{limit.Limit}", limit.Value))
            .Append(("RealtimeCollab:Access:DefaultRole", "editor"))
            .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal),
    };
}
