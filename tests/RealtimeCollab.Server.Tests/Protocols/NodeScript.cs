using System.Diagnostics;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>Runs the scripts of src/realtimecollab-js/test/wire; the packages they need are there after a build.</summary>
internal static class NodeScript
{
    public static Process Start(string script, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Repository.PathOf("src", "realtimecollab-js", "test", "wire", script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
