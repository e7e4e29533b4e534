using System.Diagnostics;

namespace RealtimeCollab.Server.Tests.Client;

/// <summary>The ConsoleEditor sample as it was built with the tests.</summary>
internal static class ConsoleEditorSample
{
    /// <summary>The program that runs it.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>What to give that program first.</summary>
    public static string Assembly
    {
        get
        {
            // .../bin/RealtimeCollab.Server.Tests/debug: the sample lies beside it, built in the same way
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "ConsoleEditor", own.Name, "ConsoleEditor.dll");
        }
    }

    public static Process Start(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
}
