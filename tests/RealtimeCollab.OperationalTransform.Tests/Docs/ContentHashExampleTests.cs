using System.Globalization;
using System.Text;
using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Docs;

/// <summary>The example of the hash in docs/protocol.md, taken at its word.</summary>
public sealed class ContentHashExampleTests
{
    private static readonly string[] Example = [.. ReadExample()];

    private static string Content => Example[0]["content ".Length..];

    private static string Hash => Example[^1]["hash ".Length..];

    [Fact]
    public void Units_OfTheExample_HaveItsHash()
    {
        // what is before two spaces are units, what is behind them says what they are
        var units = Example[1..^1].SelectMany(line => line.Split("  ", 2)[0].Split(' ')).Select(unit => ulong.Parse(unit, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        var hash = units.Aggregate(0xcbf29ce484222325, (sum, unit) => unchecked((sum ^ unit) * 0x100000001b3));
        Assert.Equal(Hash, hash.ToString("x16", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Content_OfTheExample_HasItsHash() =>
        Assert.Equal(Hash, Document.ParseContent(Encoding.UTF8.GetBytes(Content)).ComputeHash());

    [Fact]
    public void Example_IsOneOfTheVectors()
    {
        var compact = $"\"content\":{Content.Replace(" ", "", StringComparison.Ordinal)},\"hash\":\"{Hash}\"}}";
        Assert.Contains(File.ReadLines(VectorFile.PathOf("content-hash.jsonl")), line => line.EndsWith(compact, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ReadExample() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", "protocol.md"))
            .SkipWhile(line => line != "```hash").Skip(1).TakeWhile(line => line != "```");
}
