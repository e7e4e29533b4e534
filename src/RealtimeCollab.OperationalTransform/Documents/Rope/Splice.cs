namespace RealtimeCollab.OperationalTransform.Rope;

/// <summary>One replacement: at a position, so much goes and this comes.</summary>
internal readonly ref struct Splice
{
    /// <summary>Where, in UTF-16 code units from the start of what is spliced.</summary>
    public required int Position { get; init; }

    /// <summary>How many UTF-16 code units go.</summary>
    public int Deleted { get; init; }

    /// <summary>The text that comes; the placeholder for an embed.</summary>
    public ReadOnlySpan<char> Text { get; init; }

    public AttributeMap? Attributes { get; init; }

    public Embed? Embed { get; init; }

    public bool IsPlain => Attributes is null && Embed is null;

    /// <summary>The same splice, counted from another start.</summary>
    public Splice At(int position) => new() { Position = position, Deleted = Deleted, Text = Text, Attributes = Attributes, Embed = Embed };
}
