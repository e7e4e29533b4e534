namespace RealtimeCollab.OperationalTransform;

/// <summary>A piece of a document: text of the same attributes, or one embed. Neighbours may have the same attributes.</summary>
public readonly ref struct DocumentChunk
{
    internal DocumentChunk(ReadOnlySpan<char> text, AttributeMap? attributes, Embed? embed)
    {
        Text = text;
        AttributesOrNull = attributes;
        Embed = embed;
    }

    /// <summary>The text; <see cref="Embed.Placeholder"/> for an embed. Whole code points, but where a range asked for cuts one.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Its attributes; empty if there are none.</summary>
    public AttributeMap Attributes => AttributesOrNull ?? AttributeMap.Empty;

    /// <summary>The embed, or null for text.</summary>
    public Embed? Embed { get; }

    internal AttributeMap? AttributesOrNull { get; }
}
