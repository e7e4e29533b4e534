namespace RealtimeCollab.Server.Tests.Support;

internal static class Patience
{
    /// <summary>How long a test waits for what has to happen before it fails; nothing is ever expected to take this long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
}
