using System.Text;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>The text alone, without formats and embeds.</summary>
internal static class TextFormat
{
    public static IEnumerable<string> Write(Document document) => FilePieces.Of(document, WriteText);

    public static TextOperation Read(string text) => new OperationBuilder().Insert(text).Build();

    private static void WriteText(StringBuilder text, DocumentChunk chunk)
    {
        if (chunk.Embed is null)
            text.Append(chunk.Text);
    }
}
