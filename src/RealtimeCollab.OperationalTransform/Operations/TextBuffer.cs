namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Characters that several inserts share, each seeing a slice. Written only beyond what has been handed out, so every slice is immutable; that makes
/// composing a run of typing, where each insert extends the last, cost O(1) amortized instead of a copy each time.
/// </summary>
internal sealed class TextBuffer(int capacity)
{
    private readonly char[] _chars = GC.AllocateUninitializedArray<char>(capacity);
    private int _used;

    public ReadOnlySpan<char> Slice(int start, int length) => _chars.AsSpan(start, length);

    /// <summary>Appends to the slice that ends at <paramref name="end"/>, if there is room and nobody else has extended it yet.</summary>
    public bool TryAppend(int end, ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - end || Interlocked.CompareExchange(ref _used, end + text.Length, end) != end)
            return false;

        text.CopyTo(_chars.AsSpan(end));
        return true;
    }
}
