using System.Text;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform;

/// <summary>Text with attributes and embeds, immutable. Lengths and positions are in UTF-16 code units; an embed counts 1.</summary>
public sealed class Document
{
    private readonly Component[] _inserts;

    private Document(TextOperation content) => (_inserts, Length, IsRich) = (content.Components.ToArray(), content.TargetLength, content.IsRich);

    /// <summary>The empty document.</summary>
    public static Document Empty { get; } = new(TextOperation.Empty);

    /// <summary>Its length in UTF-16 code units.</summary>
    public int Length { get; }

    /// <summary>Whether it holds attributes or embeds.</summary>
    public bool IsRich { get; }

    /// <summary>A document of plain text.</summary>
    /// <param name="text">Whole code points.</param>
    /// <exception cref="OperationException">The text holds half a surrogate pair.</exception>
    public static Document FromText(string text) => new(new OperationBuilder().Insert(text).Build());

    /// <summary>Reads a document's content.</summary>
    /// <param name="utf8Json">A string, or an array of inserts.</param>
    /// <exception cref="OperationException">It is neither, or holds what no document can.</exception>
    public static Document ParseContent(ReadOnlySpan<byte> utf8Json) => JsonInput.Parse(utf8Json, Read);

    /// <summary>Reads a document's content inside something larger.</summary>
    /// <param name="reader">Stands on the first token of the value, or before everything; afterwards on the last token of the value.</param>
    /// <exception cref="OperationException">It is neither a string nor an array of inserts, or holds what no document can.</exception>
    public static Document ReadContent(ref Utf8JsonReader reader) => JsonInput.Read(ref reader, Read);

    /// <summary>The document after an operation. Nothing is changed if it is refused.</summary>
    /// <param name="operation">An operation for a document of this length.</param>
    /// <exception cref="OperationException">Another base length, or a boundary inside a surrogate pair.</exception>
    public Document Apply(TextOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.BaseLength != Length)
            throw Refusal.BaseLength("The operation", operation.BaseLength, Length);

        return new Document(Composition.Compose(Content, operation));
    }

    /// <summary>The text, with U+FFFC in the place of each embed.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Length);
        foreach (ref readonly var insert in _inserts.AsSpan())
        {
            if (insert.Embed is null)
                text.Append(insert.Text);
            else
                text.Append(Embed.Placeholder);
        }

        return text.ToString();
    }

    /// <summary>Writes the content.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="form">As one string, or as an array of inserts.</param>
    /// <exception cref="OperationException">The form is text and the document holds attributes or embeds.</exception>
    public void WriteContentTo(Utf8JsonWriter writer, ContentType form)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (form == ContentType.RichText)
            OperationJsonWriter.Write(writer, Content);
        else if (IsRich)
            throw Refusal.NotPlain();
        else
            writer.WriteStringValue(ToString());
    }

    internal TextOperation Content => new(_inserts, 0, Length, IsRich);

    private static Document Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return FromText(JsonInput.Text(ref reader));
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new OperationException(OperationReason.ContentType, "Content is a string or an array of inserts.");

        var content = OperationReader.Read(ref reader);
        return content.BaseLength == 0
            ? new Document(content)
            : throw new OperationException(OperationReason.ContentType, "Content holds inserts only.");
    }
}
