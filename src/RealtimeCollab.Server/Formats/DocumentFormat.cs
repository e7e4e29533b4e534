using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Formats;

/// <summary>A form in which documents leave and enter.</summary>
/// <param name="Name">As callers say it.</param>
/// <param name="MediaType">Of a file in this form.</param>
/// <param name="Extension">Of its name.</param>
/// <param name="Write">Makes the file of a document with a title.</param>
/// <param name="Read">Makes the operation that writes what is in a file into an empty document; null: it is only written.</param>
internal sealed record DocumentFormat(
    string Name, string MediaType, string Extension, Func<Document, string, string> Write, Func<string, TextOperation>? Read)
{
    private static readonly DocumentFormat[] All =
    [
        new("text", "text/plain", "txt", (document, _) => document.ToString().Replace($"{Embed.Placeholder}", "", StringComparison.Ordinal), ReadText),
        new("markdown", "text/markdown", "md", (document, _) => MarkdownWriter.Write(document), MarkdownReader.Read),
        new("html", "text/html", "html", HtmlWriter.Write, Read: null),
        new("delta", "application/json", "json", (document, _) => DeltaFormat.Write(document), DeltaFormat.Read),
    ];

    /// <exception cref="CollabException"><see cref="CollabError.InvalidRequest"/>.</exception>
    public static DocumentFormat Find(string? name) =>
        Array.Find(All, format => format.Name == (string.IsNullOrEmpty(name) ? "text" : name))
        ?? throw CollabException.InvalidRequest("format is one of text, markdown, html, delta.");

    private static TextOperation ReadText(string text) => new OperationBuilder().Insert(text).Build();
}
