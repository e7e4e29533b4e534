using System.Net;

namespace RealtimeCollab.LoadTester.Commands;

/// <summary>Where load may go: this machine, unless the user says that another one is theirs.</summary>
internal static class ServerAddress
{
    /// <summary>Reads the address of a server.</summary>
    /// <returns>Null if it is no http or https address.</returns>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;

    /// <summary>Whether it can be no other machine. Names are not resolved: what <c>my-machine</c> means is somebody else's word.</summary>
    public static bool IsLocal(Uri server) =>
        string.Equals(server.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(server.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
