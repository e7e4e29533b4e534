namespace RealtimeCollab.Host;

/// <summary>How the process ends.</summary>
internal static class Shutdown
{
    /// <summary>
    /// For what is left when submissions are seen through (3 seconds at the longest) and SignalR has closed its connections (5): requests that
    /// are still answered. Together they stay within the ten seconds that orchestrators give.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);
}
