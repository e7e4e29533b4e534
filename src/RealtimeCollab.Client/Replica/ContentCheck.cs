using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>Compares the content with the server's checksums: each content is hashed once, and each revision found to differ once.</summary>
internal sealed class ContentCheck
{
    /// <summary>In UTF-16 code units. Longer content is not compared: hashing it would hold up whoever edits, in a page most of all.</summary>
    public const int LongestCompared = 2_000_000;

    private Document? _hashed;
    private string _hash = "";
    private long? _found;

    /// <summary>Compares content with the server's checksum of the same revision.</summary>
    /// <param name="content">The content without pending edits.</param>
    /// <param name="checksum">What the server says.</param>
    /// <returns>The content's own hash, if it is another and none was found at this revision before; else null.</returns>
    public string? FindMismatch(Document content, DocumentChecksum checksum)
    {
        if (content.Length > LongestCompared || checksum.Revision == _found)
            return null;

        if (_hashed != content)
            (_hashed, _hash) = (content, content.ComputeHash());
        if (_hash == checksum.Hash)
            return null;

        _found = checksum.Revision;
        return _hash;
    }
}
