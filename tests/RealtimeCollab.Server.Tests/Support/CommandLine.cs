using System.Diagnostics;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>Programs that a test runs to their end.</summary>
internal static class CommandLine
{
    /// <summary>What the program wrote; fails the test if it does not succeed.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return await output;
    }
}
