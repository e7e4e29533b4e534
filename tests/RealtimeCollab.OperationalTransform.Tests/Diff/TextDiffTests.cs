namespace RealtimeCollab.OperationalTransform.Tests.Diff;

public sealed class TextDiffTests
{
    [Theory]
    [InlineData("", "", "[]")]
    [InlineData("abc", "abc", "[3]")]
    [InlineData("", "abc", "[\"abc\"]")]
    [InlineData("abc", "", "[-3]")]
    [InlineData("the cat sat", "the hat sat", "[4,\"h\",-1,6]")]
    [InlineData("aaa", "aaaa", "[3,\"a\"]")]
    [InlineData("one two three", "one 2 three", "[4,\"2\",-3,6]")]
    [InlineData("I like cats, and dogs.", "We like cats and big dogs.", "[\"We\",-1,10,-1,4,\" big\",6]")]
    [InlineData("😀", "😁", "[\"😁\",-2]")]
    [InlineData("a😀b", "a🚀b", "[1,\"🚀\",-2,1]")]
    public void Compute_TwoTexts_GivesTheShortestScript(string before, string after, string operation) =>
        Assert.Equal(TextOperation.Parse(System.Text.Encoding.UTF8.GetBytes(operation)), TextDiff.Compute(before, after));

    [Fact]
    public void Compute_NothingInCommon_ReplacesWhole()
    {
        var (before, after) = (new string('a', 5000), new string('b', 4000));
        Assert.Equal(2, TextDiff.Compute(before, after).Components.Length);
    }

    [Fact]
    public void Compute_LargeTextsWithFewDifferences_FindsThem()
    {
        var before = string.Concat(Enumerable.Range(0, 20_000).Select(static k => $"line {k}\n"));
        var after = before.Replace("line 5000\n", "line five thousand\n", StringComparison.Ordinal).Replace("line 15000\n", string.Empty, StringComparison.Ordinal);
        var difference = TextDiff.Compute(before, after);
        Assert.Equal(after, Document.FromText(before).Apply(difference).ToString());
        Assert.True(difference.GetUtf8JsonLength() < 200);
    }

    [Fact]
    public void Compute_HalfAPair_IsRefused() => Assert.Throws<OperationException>(static () => TextDiff.Compute("a", "\uD83D"));
}
