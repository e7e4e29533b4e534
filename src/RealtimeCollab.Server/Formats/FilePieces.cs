using System.Text;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>Files in pieces of some thousand characters, each made when the one before was taken.</summary>
internal static class FilePieces
{
    /// <summary>UTF-16 code units of a document that are looked at, and about as many of a file that are kept, before there is a piece.</summary>
    public const int Length = 16 * 1024;

    /// <summary>A piece for each part of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="write">Writes a chunk.</param>
    public static IEnumerable<string> Of(Document document, Action<StringBuilder, DocumentChunk> write)
    {
        var text = new StringBuilder();
        for (var start = 0; start < document.Length;)
        {
            start = Visit(document, start, chunk => write(text, chunk));
            if (Take(text, Length) is { } piece)
                yield return piece;
        }

        yield return text.ToString();
    }

    /// <summary>What was written, as soon as it is enough; it is taken away then.</summary>
    public static string? Take(StringBuilder text, int enough)
    {
        if (text.Length < enough)
            return null;
        var piece = text.ToString();
        text.Clear();
        return piece;
    }

    /// <summary>Visits whole chunks from a position on; where to go on. An iterator cannot hold a chunk.</summary>
    public static int Visit(Document document, int start, Action<DocumentChunk> visit)
    {
        var end = start;
        foreach (var chunk in document.GetChunks(start, document.Length - start))
        {
            visit(chunk);
            end += chunk.Text.Length;
            if (end - start >= Length)
                break;
        }

        return end;
    }
}
