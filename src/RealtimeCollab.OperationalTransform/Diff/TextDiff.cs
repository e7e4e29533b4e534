namespace RealtimeCollab.OperationalTransform;

/// <summary>Finds an operation that makes one text of another, for editors that only tell the new text.</summary>
public static class TextDiff
{
    /// <summary>
    /// The operation from one text to another. What is equal at the start and at the end is kept; between, the differences are found by Myers' greedy
    /// algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986) over code points, so that no surrogate pair is cut. If there are more than
    /// 1,000 of them, fewer in texts of over 50,000 code points, the middle is replaced whole.
    /// </summary>
    /// <param name="oldText">The text that the operation is made for.</param>
    /// <param name="newText">The text it leads to.</param>
    /// <exception cref="OperationException">One of them holds half a surrogate pair.</exception>
    public static TextOperation Compute(string oldText, string newText)
    {
        ArgumentNullException.ThrowIfNull(oldText);
        ArgumentNullException.ThrowIfNull(newText);
        Surrogates.Check(oldText);
        Surrogates.Check(newText);

        var prefix = CommonPrefix(oldText, newText);
        var suffix = CommonSuffix(oldText.AsSpan(prefix), newText.AsSpan(prefix));
        var oldMiddle = oldText.AsSpan(prefix, oldText.Length - prefix - suffix);
        var newMiddle = newText.AsSpan(prefix, newText.Length - prefix - suffix);

        var operation = new OperationBuilder().Retain(prefix);
        if (oldMiddle.IsEmpty || newMiddle.IsEmpty || !MyersDiff.TryWrite(oldMiddle, newMiddle, operation))
            operation.Insert(newMiddle.ToString()).Delete(oldMiddle.Length);

        return operation.Retain(suffix).Build();
    }

    private static int CommonPrefix(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var length = left.CommonPrefixLength(right);
        return Surrogates.IsCut(left, length) || Surrogates.IsCut(right, length) ? length - 1 : length;
    }

    private static int CommonSuffix(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var length = 0;
        var longest = Math.Min(left.Length, right.Length);
        while (length < longest && left[^(length + 1)] == right[^(length + 1)])
            length++;

        return Surrogates.IsCut(left, left.Length - length) || Surrogates.IsCut(right, right.Length - length) ? length - 1 : length;
    }
}
