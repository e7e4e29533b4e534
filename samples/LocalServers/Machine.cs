using System.Net;
using System.Net.Sockets;

namespace RealtimeCollab.LocalServers;

/// <summary>What this machine has.</summary>
internal static class Machine
{
    /// <summary>A port of 127.0.0.1 that nobody uses at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The first of the folders, and of those of the PATH, that holds a program; null if none does.</summary>
    public static string? FindFolderOf(string program, params IEnumerable<string> folders)
    {
        var file = OperatingSystem.IsWindows() ? $"{program}.exe" : program;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return folders.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, file)));
    }
}
