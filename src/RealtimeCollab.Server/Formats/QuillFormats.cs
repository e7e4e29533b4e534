using System.Text.Json;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Server.Formats;

/// <summary>The names that Quill gives to its standard formats, and how they are read.</summary>
internal static class QuillFormats
{
    public const string Bold = "bold";
    public const string Italic = "italic";
    public const string Strike = "strike";
    public const string Underline = "underline";
    public const string Code = "code";
    public const string Link = "link";
    public const string Script = "script";
    public const string Header = "header";
    public const string List = "list";
    public const string Indent = "indent";
    public const string Blockquote = "blockquote";
    public const string CodeBlock = "code-block";
    public const string Image = "image";
    public const string Video = "video";
    public const string Formula = "formula";
    public const string Alt = "alt";

    private const int MaxHeader = 6;
    private const int MaxIndent = 8;

    public static bool Has(this AttributeMap attributes, string name) =>
        attributes.TryGetValue(name, out var value) && value.Kind switch
        {
            AttributeValueKind.Boolean => value.AsBoolean(),
            AttributeValueKind.Text => value.AsString().Length > 0,
            _ => true,
        };

    public static string? FindText(this AttributeMap attributes, string name) =>
        attributes.TryGetValue(name, out var value) && value.Kind == AttributeValueKind.Text ? value.AsString() : null;

    /// <summary>1 to 6; 0 for a line that is no header.</summary>
    public static int HeaderLevel(this AttributeMap attributes) => Number(attributes, Header, MaxHeader);

    /// <summary>How deep a list's line lies: 0 to 8.</summary>
    public static int IndentLevel(this AttributeMap attributes) => Number(attributes, Indent, MaxIndent);

    /// <summary>The text that an embed of this kind holds, such as an image's address.</summary>
    public static string? FindText(this Embed embed, string type)
    {
        if (embed.Type != type)
            return null;
        using var json = JsonDocument.Parse(embed.Json);
        return json.RootElement.GetProperty(type) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    public static Embed ToEmbed(string type, string text) =>
        Embed.Parse(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { [type] = text }));

    private static int Number(AttributeMap attributes, string name, int max) =>
        attributes.TryGetValue(name, out var value) && value.Kind == AttributeValueKind.Number && value.AsDouble() is >= 1 and var number && number <= max
            ? (int)number
            : 0;
}
