using System.Globalization;
using System.Text;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Formats;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Tests.Formats;

/// <summary>Markdown that is made to cost much is refused by what it would cost, which is counted: no clock decides.</summary>
public sealed class MarkdownBoundsTests
{
    private const int OneMegabyte = 1_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Each took from half a minute to hours to be read to its end, or ended the process.</summary>
    public static TheoryData<string, string> Hostile => new()
    {
        { "emphasis within emphasis", new string('*', 100_000) + "a" + new string('*', 100_000) },
        { "pictures within pictures", Fill("![", 10_000) + "a" + Fill("](data:x)", 45_000) },
        { "emphasis that does not end, before many lines", Fill("*a ", 30_000) + "\n" + Fill("a\n", OneMegabyte) },
        { "emphasis that does not end, before entities", Fill("*a ", 30_000) + "\n" + Fill("&amp;", OneMegabyte) },
        { "emphasis that does not begin", Paragraphs(Fill("a* ", 30_000)) },
        { "emphasis of two kinds", Paragraphs(Fill("*a_ ", 20_000)) },
        { "emphasis that ends", Paragraphs(Fill("**a** ", 30_000)) },
        { "instructions", "a " + Fill("<? ", OneMegabyte) },
        { "declarations", "a " + Fill("<!A ", OneMegabyte) },
        { "data", "a " + Fill("<![CDATA[ ", OneMegabyte) },
        { "links whose address does not end", Paragraphs(Fill("[a](", 40_000)) },
        { "links whose title does not end", Fill("[a](b (c\n", OneMegabyte) },
        { "code that does not end", Ladder('`', OneMegabyte) },
        { "definitions of links behind each other", Fill("[a]: b\n", OneMegabyte) },
        { "a definition that is looked for again and again", "> [a]: b (x\n" + Fill("===\n", OneMegabyte) },
        { "headers", Fill("a\n=\n", OneMegabyte) },
        { "quotes within quotes", new string('>', 100_000) },
        { "lists within lists, before empty lines", Fill("- ", 10_000) + "a\n" + Fill("\n", OneMegabyte) },
        { "items", Fill("- a\n", OneMegabyte) },
        { "items in a line", Fill(Fill("* ", 160) + "a\n", OneMegabyte) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Markdown_ThatCostsTooMuch_IsRefused(string what, string markdown)
    {
        var refusal = Assert.Throws<CollabException>(() => MarkdownReader.Read(markdown, Cancellation));

        Assert.True(refusal.Error == CollabError.InvalidRequest, what);
    }

    /// <summary>What people and programs write, as much as is taken.</summary>
    [Theory]
    [InlineData("word and *word* [a](http://b) `c`, and then some more of the words\n", 150)]
    [InlineData("- [ ] word and **word** and \\* <strong>word</strong> _word_\n", 20_000)]
    [InlineData("    code(a, *b);\n", 60_000)]
    [InlineData("| [a](http://a.example/b) | `code` | **c** |\n", 200)]
    public void Markdown_OfAMegabyte_IsRead(string line, int linesToParagraph)
    {
        var paragraph = Fill(line, line.Length * linesToParagraph) + "\n";
        var markdown = Fill(paragraph, OneMegabyte);

        var document = Document.Empty.Apply(MarkdownReader.Read(markdown, Cancellation));

        Assert.InRange(document.Length, markdown.Length / 4, markdown.Length);
    }

    [Fact]
    public void Emphasis_NestedAsPeopleDo_IsRead()
    {
        var document = Document.Empty.Apply(MarkdownReader.Read("- > - **bold *both ~~all~~***", Cancellation));

        Assert.Equal("all", AttributesOf(document).Single(span => span.Attributes.Count == 3).Text);
    }

    [Fact]
    public void Definition_WithALongAddress_IsNoLinkHoweverOftenItIsNamed()
    {
        var markdown = $"[a]: http://a.example/{new string('x', 100_000)} \"{new string('t', 100_000)}\"\n[b]: http://b.example\n\n" + Fill("[a] ", 8_000) + "[b]";

        var document = Document.Empty.Apply(MarkdownReader.Read(markdown, Cancellation));

        var links = AttributesOf(document).Where(span => span.Attributes.Count > 0);
        Assert.Equal(("b", "http://b.example"), Assert.Single(links.Select(span => (span.Text, span.Attributes.FindText(QuillFormats.Link)))));
        Assert.InRange(document.Length, 4_000, 5_000);
    }

    [Fact]
    public void Picture_ThatIsItsOwnAddress_MayBeLongButOnlyWhereItStands()
    {
        var address = "data:image/png;base64," + new string('A', 100_000);

        var inline = Document.Empty.Apply(MarkdownReader.Read($"![p]({address})", Cancellation));
        var named = Document.Empty.Apply(MarkdownReader.Read($"![p]\n\n[p]: {address}", Cancellation));

        Assert.Equal(address, EmbedsOf(inline).Single());
        Assert.Empty(EmbedsOf(named));
    }

    [Fact]
    public void Picture_WithALongDescription_KeepsItsBeginning()
    {
        var document = Document.Empty.Apply(MarkdownReader.Read($"![{new string('a', MarkdownInlineReader.MaxDescription - 1)}😀{new string('b', 5_000)}](https://a.example)", Cancellation));

        Assert.Equal(new string('a', MarkdownInlineReader.MaxDescription - 1), AttributesOf(document).Single(span => span.Attributes.Count > 0).Attributes.FindText(QuillFormats.Alt));
    }

    [Fact]
    public void Markdown_ThatNobodyWaitsForAnyMore_IsNotReadToItsEnd() =>
        Assert.Throws<OperationCanceledException>(() => MarkdownReader.Read("a *b*", new CancellationToken(canceled: true)));

    private static List<RichSpan> AttributesOf(Document document) => [.. RichLine.Of(document).SelectMany(line => line.Spans)];

    private static IEnumerable<string?> EmbedsOf(Document document) =>
        AttributesOf(document).Where(span => span.Embed is not null).Select(span => span.Embed!.FindText(QuillFormats.Image));

    private static string Fill(string part, int length) => new StringBuilder().Insert(0, part, length / part.Length).ToString();

    private static string Paragraphs(string paragraph) => Fill(string.Create(CultureInfo.InvariantCulture, $"{paragraph}\n\n"), OneMegabyte);

    /// <summary>One, two, three and so on, none of which ends another.</summary>
    private static string Ladder(char mark, int length)
    {
        var text = new StringBuilder();
        for (var run = 1; text.Length < length; run++)
            text.Append(mark, run).Append(' ');
        return text.ToString();
    }
}
