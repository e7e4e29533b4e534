namespace RealtimeCollab.Server.Followers;

/// <summary>Events as they go over the wire, written once for all who follow the document.</summary>
internal sealed class EventBlock
{
    /// <summary>Where the event of each revision ends; empty if the block is not about operations.</summary>
    private readonly int[] _ends;

    public EventBlock(ReadOnlyMemory<byte> bytes, long firstRevision = 0, params int[] ends) =>
        (Bytes, First, _ends) = (bytes, firstRevision, ends);

    public ReadOnlyMemory<byte> Bytes { get; }

    public bool HasOperations => _ends.Length > 0;

    /// <summary>The revision of its first operation.</summary>
    public long First { get; }

    /// <summary>The revision of its last operation.</summary>
    public long Last => First + _ends.Length - 1;

    /// <summary>A comment that keeps the line open, and has a follower look whether it missed something.</summary>
    public static EventBlock KeepAlive { get; } = new(": keep-alive\n\n"u8.ToArray());

    /// <summary>The events after a revision; all of them, if that is before the block.</summary>
    public ReadOnlyMemory<byte> After(long revision) => revision < First ? Bytes : Bytes[_ends[(int)(revision - First)]..];
}
