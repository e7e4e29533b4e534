namespace RealtimeCollab.Server.Tests.Support;

/// <summary>A call that the server refused.</summary>
internal sealed class HubCallException(string text) : Exception(text)
{
    private const string Marker = "HubException: ";

    /// <summary>The contract's code, found in the text as clients find it; empty if there is none.</summary>
    public string Code
    {
        get
        {
            var start = Message.IndexOf(Marker, StringComparison.Ordinal);
            var end = start < 0 ? -1 : Message.IndexOf(": ", start + Marker.Length, StringComparison.Ordinal);
            return end < 0 ? "" : Message[(start + Marker.Length)..end];
        }
    }
}
