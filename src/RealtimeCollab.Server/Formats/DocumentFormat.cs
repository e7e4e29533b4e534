using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>A form in which documents leave and enter.</summary>
/// <param name="Name">As callers say it.</param>
/// <param name="MediaType">Of a file in this form.</param>
/// <param name="Extension">Of its name.</param>
/// <param name="Write">Makes the file of a document with a title, piece by piece: at no time is there more of it than a piece.</param>
/// <param name="Read">Makes the operation that writes what is in a file into an empty document; null: it is only written.</param>
internal sealed record DocumentFormat(
    string Name, string MediaType, string Extension, Func<Document, string, IEnumerable<string>> Write, Func<string, CancellationToken, TextOperation>? Read)
{
    private static readonly DocumentFormat[] All =
    [
        new("text", "text/plain", "txt", (document, _) => TextFormat.Write(document), (text, _) => TextFormat.Read(text)),
        new("markdown", "text/markdown", "md", (document, _) => MarkdownWriter.Write(document), MarkdownReader.Read),
        new("html", "text/html", "html", HtmlWriter.Write, Read: null),
        new("delta", "application/json", "json", (document, _) => DeltaFormat.Write(document), (text, _) => DeltaFormat.Read(text)),
    ];

    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>.</exception>
    public static DocumentFormat Find(string? name) =>
        Array.Find(All, format => format.Name == (string.IsNullOrEmpty(name) ? "text" : name))
        ?? throw CollabException.InvalidRequest("format is one of text, markdown, html, delta.");
}
