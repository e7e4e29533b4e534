using System.Text.Json;
using RealtimeCollab.OperationalTransform.Rope;

namespace RealtimeCollab.OperationalTransform;

/// <summary>
/// Text with attributes and embeds. Immutable: whoever holds one has that state for ever, on any thread, while others go on from it. Lengths and
/// positions are in UTF-16 code units; an embed counts 1.
/// </summary>
/// <remarks>
/// Documents share what they have in common: a change in a document of n code units costs O(log n) time and memory. To apply many operations in a
/// row, <see cref="ToBuilder"/> saves the copying.
/// </remarks>
public sealed partial class Document
{
    private readonly RopeNode _root;
    private bool? _isRich;

    internal Document(RopeNode root) => _root = root;

    /// <summary>The empty document.</summary>
    public static Document Empty { get; } = new(RopeTree.EmptyLeaf);

    /// <summary>Its length in UTF-16 code units.</summary>
    public int Length => _root.Length;

    /// <summary>Whether it holds attributes or embeds. Looks through the document when first asked.</summary>
    public bool IsRich => _isRich ??= HasRuns();

    /// <summary>
    /// What it holds beside the text: for each stretch of text the names and values of its attributes in UTF-16 code units and eight more for each, for each embed its data in
    /// bytes. So its JSON form has about as many bytes as this and the text together. Long stretches count more than once, every hundred code units or so. O(1).
    /// </summary>
    public long FormatWeight => _root.Weight;

    internal RopeNode Root => _root;

    /// <summary>A document of plain text.</summary>
    /// <param name="text">Whole code points.</param>
    /// <exception cref="OperationException">The text holds half a surrogate pair.</exception>
    public static Document FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Surrogates.Check(text);
        var loader = new RopeLoader(owner: null);
        loader.Append(text, null, null);
        return new Document(loader.ToRope());
    }

    /// <summary>Reads a document's content.</summary>
    /// <param name="utf8Json">A string, or an array of inserts.</param>
    /// <exception cref="OperationException">It is neither, or holds what no document can.</exception>
    public static Document ParseContent(ReadOnlySpan<byte> utf8Json) => JsonInput.Parse(utf8Json, ContentReader.Read);

    /// <summary>Reads a document's content inside something larger.</summary>
    /// <param name="reader">Stands on the first token of the value, or before everything; afterwards on the last token of the value.</param>
    /// <exception cref="OperationException">It is neither a string nor an array of inserts, or holds what no document can.</exception>
    public static Document ReadContent(ref Utf8JsonReader reader) => JsonInput.Read(ref reader, ContentReader.Read);

    /// <summary>The document after an operation. O(k log n) for k changes.</summary>
    /// <param name="operation">An operation for a document of this length.</param>
    /// <exception cref="OperationException">It is made for another length, or has a boundary inside a surrogate pair.</exception>
    public Document Apply(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var root = RopeApply.Apply(owner: null, _root, operation);
        return ReferenceEquals(root, _root) ? this : new Document(root);
    }

    /// <summary>A writer that starts from this document, which stays as it is.</summary>
    public DocumentBuilder ToBuilder() => new(this);

    /// <summary>Writes the content, without building the whole text first.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">As one string, or as an array of inserts.</param>
    /// <exception cref="OperationException">The type is text and the document holds attributes or embeds; nothing has been written.</exception>
    public void WriteContentTo(Utf8JsonWriter writer, ContentType type)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (type == ContentType.RichText)
            ContentWriter.WriteRichText(writer, this);
        else if (IsRich)
            throw Refusal.NotPlain();
        else
            ContentWriter.WriteText(writer, this);
    }

    private bool HasRuns()
    {
        foreach (var leaf in new LeafSequence(_root, 0))
        {
            if (leaf.Runs is not null)
                return true;
        }

        return false;
    }
}
