using Xunit;

namespace RealtimeCollab.Testing;

/// <summary>A machine that runs the tests for a build (CI=true).</summary>
internal static class BuildMachine
{
    /// <summary>It has everything: what is missing there fails the tests that would be skipped elsewhere.</summary>
    public static void RequireInstalled(string? missing) =>
        Assert.False(missing is not null && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), missing);
}
