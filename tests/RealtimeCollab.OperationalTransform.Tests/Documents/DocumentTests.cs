using System.Text;
using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Documents;

public sealed class DocumentTests
{
    [Fact]
    public void Reading_RangesAndChars_AreWhatTheTextHas()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(static k => (char)('a' + (k % 26))));
        var document = Document.FromText(text);
        Assert.Equal((text[0], text[1234], text[^1]), (document[0], document[1234], document[2999]));
        Assert.Equal(text[777..2222], document.GetText(777, 2222 - 777));
        Assert.Equal(string.Empty, document.GetText(3000, 0));
        var joined = new StringBuilder();
        foreach (var chunk in document.GetChunks(100, 2000))
            joined.Append(chunk.Text);
        Assert.Equal(text.Substring(100, 2000), joined.ToString());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(1, int.MaxValue)]
    public void Reading_OutsideTheDocument_Throws(int start, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Document.FromText("abc").GetText(start, length));

    [Fact]
    public void Lines_OfAShortText_AreFound()
    {
        var document = Document.FromText("one\r\ntwo\n\nend");
        Assert.Equal(4, document.LineCount);
        Assert.Equal([0, 5, 9, 10], Enumerable.Range(0, 4).Select(document.GetLineStart));
        Assert.Equal(new LinePosition(0, 4), document.GetLinePosition(4));
        Assert.Equal(new LinePosition(3, 3), document.GetLinePosition(13));
        Assert.Equal(12, document.GetPosition(new LinePosition(3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetPosition(new LinePosition(2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetLineStart(4));
    }

    [Fact]
    public void Chunks_RichContent_TellAttributesAndEmbeds()
    {
        var document = Document.ParseContent("""["ab",{"insert":"c","attributes":{"bold":true}},{"insert":{"image":"x"}}]"""u8);
        var seen = new List<string>();
        foreach (var chunk in document.Chunks)
            seen.Add($"{chunk.Text}|{chunk.Attributes.Count}|{chunk.Embed?.Type}");

        Assert.Equal(["ab|0|", "c|1|", "\uFFFC|0|image"], seen);
        Assert.Equal("abc\uFFFC", document.ToString());
        Assert.True(document.IsRich);
        Assert.Equal(OperationReason.NotPlain, Assert.Throws<OperationException>(() => document.ToJson(ContentType.Text)).Reason);
    }

    [Fact]
    public void WriteContentTo_LargeText_IsTheText()
    {
        var text = string.Concat(Enumerable.Repeat("漢字 😀 \"quoted\" \\ \n", 3000));
        var document = Document.FromText(text);
        Assert.Equal(text, System.Text.Json.JsonSerializer.Deserialize<string>(document.ToJson(ContentType.Text)));
        Assert.False(document.IsRich);
    }

    [Theory]
    [InlineData("null", OperationReason.ContentType)]
    [InlineData("[1]", OperationReason.ContentType)]
    [InlineData("""["a",-1]""", OperationReason.ContentType)]
    [InlineData("\"\\ud800\"", OperationReason.LoneSurrogate)]
    [InlineData("""[{"insert":""}]""", OperationReason.EmptyInsert)]
    public void ParseContent_NoContent_IsRefused(string json, string reason) =>
        Assert.Equal(reason, Assert.Throws<OperationException>(() => Document.ParseContent(Encoding.UTF8.GetBytes(json))).Reason);

    [Fact]
    public async Task Snapshot_ReadOnOtherThreads_NeverChangesUnderTheWriter()
    {
        var builder = Document.FromText(new string('a', 50_000)).ToBuilder();
        var readers = new List<Task>();
        for (var round = 0; round < 40; round++)
        {
            var snapshot = builder.ToDocument();
            var expected = snapshot.ToString();
            readers.Add(Task.Run(
            () =>
            {
                for (var reads = 0; reads < 20; reads++)
                    Assert.Equal(expected, snapshot.ToString());
            },
            TestContext.Current.CancellationToken));
            for (var edits = 0; edits < 500; edits++)
                builder.Apply(TextOperation.Replace(builder.Length, edits * 97 % builder.Length, edits % 3, "b"));
        }

        await Task.WhenAll(readers);
    }

    [Fact]
    public void Apply_TextBeyondTheLargestLength_IsRefused()
    {
        var document = Document.FromText("abc");
        var operation = TextOperation.Noop(int.MaxValue);
        Assert.Equal(OperationReason.BaseLength, Assert.Throws<OperationException>(() => document.Apply(operation)).Reason);
    }
}
