namespace RealtimeCollab.OperationalTransform;

/// <summary>Finds an operation that makes one document of another, for restoring an old revision.</summary>
public static class DocumentDiff
{
    /// <summary>
    /// The operation from one document to another. Plain text is compared by <see cref="TextDiff"/>; of rich text, what is equal
    /// at the start and at the end, attributes included, is kept, and what lies between is replaced.
    /// </summary>
    /// <param name="from">The document that the operation is made for.</param>
    /// <param name="to">The document it leads to.</param>
    public static TextOperation Compute(Document from, Document to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (!from.IsRich && !to.IsRich)
            return TextDiff.Compute(from.ToString(), to.ToString());

        var (old, renewed) = (Pieces.Of(from), Pieces.Of(to));
        var prefix = old.CommonPrefix(renewed);
        var suffix = old.CommonSuffix(renewed, Math.Min(from.Length, to.Length) - prefix);
        var operation = new OperationBuilder().Retain(prefix);
        foreach (var chunk in to.GetChunks(prefix, to.Length - prefix - suffix))
        {
            if (chunk.Embed is { } embed)
                operation.InsertEmbed(embed, chunk.Attributes);
            else
                operation.Insert(chunk.Text.ToString(), chunk.Attributes);
        }

        return operation.Delete(from.Length - prefix - suffix).Retain(suffix).Build();
    }

    /// <summary>Attributes and embed of the units from where the piece before it ends, up to <paramref name="End"/>.</summary>
    private readonly record struct Piece(int End, AttributeMap Attributes, Embed? Embed)
    {
        public bool LooksLike(Piece other) => Attributes.Equals(other.Attributes) && Equals(Embed, other.Embed);
    }

    private sealed class Pieces(string text, List<Piece> list)
    {
        public static Pieces Of(Document document)
        {
            var list = new List<Piece>();
            var end = 0;
            foreach (var chunk in document.Chunks)
                list.Add(new Piece(end += chunk.Text.Length, chunk.Attributes, chunk.Embed));
            return new Pieces(document.ToString(), list);
        }

        public int CommonPrefix(Pieces other)
        {
            var equalText = text.AsSpan().CommonPrefixLength(other.Text);
            var (length, mine, theirs) = (0, 0, 0);
            while (length < equalText && list[mine].LooksLike(other.Piece(theirs)))
            {
                length = Math.Min(list[mine].End, other.Piece(theirs).End);
                mine += list[mine].End == length ? 1 : 0;
                theirs += other.Piece(theirs).End == length ? 1 : 0;
            }

            length = Math.Min(length, equalText);
            return Surrogates.IsCut(text, length) || Surrogates.IsCut(other.Text, length) ? length - 1 : length;
        }

        public int CommonSuffix(Pieces other, int longest)
        {
            var (length, mine, theirs) = (0, list.Count - 1, other.Count - 1);
            while (length < longest && text[^(length + 1)] == other.Text[^(length + 1)] && list[mine].LooksLike(other.Piece(theirs)))
            {
                length++;
                mine -= Start(mine) == text.Length - length ? 1 : 0;
                theirs -= other.Start(theirs) == other.Text.Length - length ? 1 : 0;
            }

            return Surrogates.IsCut(text, text.Length - length) || Surrogates.IsCut(other.Text, other.Text.Length - length) ? length - 1 : length;
        }

        private string Text => text;

        private int Count => list.Count;

        private Piece Piece(int index) => list[index];

        private int Start(int index) => index == 0 ? 0 : list[index - 1].End;
    }
}
