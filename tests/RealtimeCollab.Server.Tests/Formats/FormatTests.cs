using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Formats;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Tests.Formats;

/// <summary>Documents as files, and back. FORMAT_SEED in the environment draws one case again.</summary>
public sealed class FormatTests
{
    private const int Cases = 3000;

    private static readonly HashSet<string> KnownElements = new(StringComparer.Ordinal)
    {
        "html", "head", "meta", "title", "body", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ol", "ul", "li", "input", "br",
        "strong", "em", "u", "s", "code", "sub", "sup", "span", "a", "img",
    };

    private static readonly HashSet<string> KnownAttributes = new(StringComparer.Ordinal)
    {
        "charset", "href", "rel", "src", "alt", "style", "dir", "type", "disabled", "checked",
    };

    [Fact]
    public void Markdown_OfAnyDocument_ReadsBackAsItWas() => ForAll(document =>
    {
        var markdown = string.Concat(MarkdownWriter.Write(document));
        Assert.Equal(Json(document), Json(ReadMarkdown(markdown)));
    });

    [Fact]
    public void Delta_OfAnyDocument_ReadsBackAsItWas() => ForAll(document =>
    {
        var delta = string.Concat(DeltaFormat.Write(document));
        using var json = JsonDocument.Parse(delta);
        Assert.All(json.RootElement.GetProperty("ops").EnumerateArray(), op => Assert.Equal(JsonValueKind.Object, op.ValueKind));
        Assert.Equal(Json(document), Json(Document.Empty.Apply(DeltaFormat.Read(delta))));
    });

    [Fact]
    public void Html_OfAnyDocument_IsWellFormedAndHasItsTextAndNothingElse() => ForAll(document =>
    {
        var page = Parse(WriteHtml(document));
        Assert.All(page.Descendants(), element => Assert.Contains(element.Name.LocalName, KnownElements));
        Assert.All(page.Descendants().Attributes(), attribute => Assert.Contains(attribute.Name.LocalName, KnownAttributes));
        var expected = Visible(document.ToString().Replace("\uFFFC", "", StringComparison.Ordinal));
        Assert.Equal(expected, Visible(page.Root!.Element("body")!.Value));
    });

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://a.example/1")]
    public void Address_ThatMayRunSomething_StandsInNoHtmlAndComesFromNoMarkdown(string address)
    {
        var link = AttributeMap.Create([(QuillFormats.Link, address)]);
        var document = Document.Empty.Apply(new OperationBuilder()
            .Insert("click", link).InsertEmbed(QuillFormats.ToEmbed(QuillFormats.Image, address)).InsertEmbed(QuillFormats.ToEmbed(QuillFormats.Video, address)).Insert("\n").Build());

        var page = Parse(WriteHtml(document));
        Assert.Empty(page.Descendants("a"));
        Assert.Empty(page.Descendants("img"));
        Assert.Equal("click", page.Root!.Element("body")!.Value.Trim());

        var hidden = address.Replace("\n", "&#10;", StringComparison.Ordinal);
        var read = Json(ReadMarkdown($"[click](<{hidden}>) ![p](<{hidden}>)"));
        Assert.DoesNotContain("attributes", read, StringComparison.Ordinal);
        Assert.DoesNotContain("image\":", read, StringComparison.Ordinal);
        Assert.Equal("click\n", string.Concat(MarkdownWriter.Write(document)));
    }

    [Fact]
    public void Formula_ThatIsEmpty_IsExportedInEveryForm()
    {
        var document = Document.Empty.Apply(new OperationBuilder().Insert("a").InsertEmbed(QuillFormats.ToEmbed(QuillFormats.Formula, "")).Insert("b\n").Build());

        Assert.Equal("ab\n", string.Concat(MarkdownWriter.Write(document)));
        Assert.Contains("<p>a<code></code>b</p>", WriteHtml(document), StringComparison.Ordinal);
        Assert.Equal("ab\n", string.Concat(TextFormat.Write(document)));
        Assert.Equal("""{"ops":[{"insert":"a"},{"insert":{"formula":""}},{"insert":"b\n"}]}""", string.Concat(DeltaFormat.Write(document)));
    }

    [Fact]
    public void Code_WithMoreTicksLateInIt_HasAFenceThatIsLonger()
    {
        var code = AttributeMap.Create([(QuillFormats.CodeBlock, "js")]);
        var document = Document.Empty.Apply(new OperationBuilder()
            .Insert("a").Insert("\n", code).Insert("````").Insert("\n", code).Insert("b").Insert("\n", AttributeMap.Create([(QuillFormats.CodeBlock, true)])).Build());

        var markdown = string.Concat(MarkdownWriter.Write(document));

        Assert.Equal("`````js\na\n````\n`````\n\n```\nb\n```\n", markdown);
        Assert.Equal(Json(document), Json(ReadMarkdown(markdown)));
    }

    [Theory]
    [InlineData("color", "red;background:url(https://evil.example)")]
    [InlineData("color", "expression(alert(1))")]
    [InlineData("background", "\"><script>alert(1)</script>")]
    [InlineData("color", "red\n")]
    [InlineData("align", "center\" onclick=\"alert(1)")]
    [InlineData("direction", "rtl\" onclick=\"alert(1)")]
    public void Attribute_WithAValueOfNoneOfQuills_IsLeftOut(string name, string value)
    {
        var format = AttributeMap.Create([(name, value)]);
        var document = Document.Empty.Apply(new OperationBuilder().Insert("x", format).Insert("\n", format).Build());

        var page = Parse(WriteHtml(document, "</title><script>alert(1)</script>"));

        Assert.Empty(page.Root!.Element("body")!.Descendants().Attributes());
        Assert.Empty(page.Descendants("script"));
    }

    [Theory]
    [InlineData("""[["x"],[{"retain":1,"attributes":{"a":1}}]]""", OperationReason.ComponentType)]
    [InlineData(""" [{"type":"insert","position":0,"content":"x"}]""", OperationReason.UnknownField)]
    public void Delta_ThatIsAListOfOperations_IsNone(string json, string reason) =>
        Assert.Equal(reason, Assert.Throws<OperationException>(() => DeltaFormat.Read(json)).Reason);

    [Fact]
    public void Html_OfListsWithinLists_NestsThem()
    {
        var document = Document.ParseContent(Encoding.UTF8.GetBytes("""
            ["a",{"insert":"\n","attributes":{"list":"bullet"}},"b",{"insert":"\n","attributes":{"list":"ordered","indent":1}},"c",{"insert":"\n","attributes":{"list":"checked"}},
            "d",{"insert":"\n","attributes":{"code-block":true}},"<e>",{"insert":"\n","attributes":{"code-block":true}}]
            """));

        var body = WriteHtml(document).Split("<body>")[1].Replace("\n", "", StringComparison.Ordinal);

        Assert.StartsWith(
            "<ul><li>a</li><ol><li>b</li></ol><li><input type=\"checkbox\" disabled=\"disabled\" checked=\"checked\" /> c</li></ul><pre>d&lt;e&gt;</pre>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# Title\n\nSome *emphasis*, **strong**,\n`code` and a [link](https://a.example).",
        """["Title",{"insert":"\n","attributes":{"header":1}},"Some ",{"insert":"emphasis","attributes":{"italic":true}},", ",{"insert":"strong","attributes":{"bold":true}},", ",{"insert":"code","attributes":{"code":true}}," and a ",{"insert":"link","attributes":{"link":"https://a.example"}},".\n"]""")]
    [InlineData("Title\n=====\n\n> quoted\n> on\n\n1. one\n   - two\n2. three",
        """["Title",{"insert":"\n","attributes":{"header":1}},"quoted on",{"insert":"\n","attributes":{"blockquote":true}},"one",{"insert":"\n","attributes":{"list":"ordered"}},"two",{"insert":"\n","attributes":{"indent":1,"list":"bullet"}},"three",{"insert":"\n","attributes":{"list":"ordered"}}]""")]
    [InlineData("a  \nb<script>x</script>\n\n<div onclick=\"x\">", """["a\nb<script>x</script>\n<div onclick=\"x\">\n"]""")]
    [InlineData("```js\nlet a;\n\n    b\n```\n\n***", """["let a;",{"insert":"\n\n","attributes":{"code-block":"js"}},"    b",{"insert":"\n","attributes":{"code-block":"js"}},"---\n"]""")]
    [InlineData("", "[]")]
    public void Markdown_WrittenByPeople_IsRead(string markdown, string expected) =>
        Assert.Equal(expected, Json(ReadMarkdown(markdown)));

    private static void ForAll(Action<Document> check)
    {
        var chosen = Environment.GetEnvironmentVariable("FORMAT_SEED") is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
        for (var seed = chosen ?? 1; seed <= (chosen ?? Cases); seed++)
        {
            var document = new RandomRichText(new Random(seed)).Document();
            try
            {
                check(document);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"FORMAT_SEED={seed}: {Json(document)}\n{string.Concat(MarkdownWriter.Write(document))}", broken);
            }
        }
    }

    private static string WriteHtml(Document document, string title = "t") => string.Concat(HtmlWriter.Write(document, title));

    private static Document ReadMarkdown(string markdown) => Document.Empty.Apply(MarkdownReader.Read(markdown, TestContext.Current.CancellationToken));

    private static XDocument Parse(string html) => XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), LoadOptions.PreserveWhitespace);

    /// <summary>What can be seen: white space stands between blocks too.</summary>
    private static string Visible(string text) =>
        string.Concat(text.Where(character => !char.IsWhiteSpace(character) && !char.IsControl(character) && character != '\uFFFD'));

    private static string Json(Document document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.WriteContentTo(writer, ContentType.RichText);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
