using Xunit;

namespace RealtimeCollab.Testing;

/// <summary>A machine that runs the tests for a build (CI=true).</summary>
public static class BuildMachine
{
    /// <summary>It has everything: what is missing there fails the tests that would be skipped elsewhere.</summary>
    public static void RequireInstalled(string? missing) =>
        Assert.False(missing is not null && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), missing);

    /// <summary>Skips the test if something is missing; on a build machine it fails.</summary>
    public static void SkipWithout(string? missing)
    {
        RequireInstalled(missing);
        Assert.SkipWhen(missing is not null, missing ?? string.Empty);
    }
}
