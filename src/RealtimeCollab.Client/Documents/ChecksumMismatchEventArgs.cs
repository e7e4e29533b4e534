namespace RealtimeCollab.Client;

/// <summary>The content differed from the server's at the same revision, which must never be. It is being loaded anew.</summary>
/// <param name="documentId">Which document.</param>
/// <param name="revision">The revision that was compared.</param>
/// <param name="localHash">The hash of the content here, in lower-case hexadecimal digits.</param>
/// <param name="serverHash">The hash of the server's content.</param>
public sealed class ChecksumMismatchEventArgs(string documentId, long revision, string localHash, string serverHash) : EventArgs
{
    /// <summary>Which document.</summary>
    public string DocumentId { get; } = documentId;

    /// <summary>The revision that was compared.</summary>
    public long Revision { get; } = revision;

    /// <summary>The hash of the content here, in lower-case hexadecimal digits.</summary>
    public string LocalHash { get; } = localHash;

    /// <summary>The hash of the server's content, in lower-case hexadecimal digits.</summary>
    public string ServerHash { get; } = serverHash;
}
