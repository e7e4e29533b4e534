using System.Globalization;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client.Tests.Replica;

public sealed class OperationSplitterTests
{
    private static readonly string[] Texts = ["plain", "quote\" and \\", "é漢字", "😀😀😀", "line\nline\t"];

    [Fact]
    public void Operation_ThatFits_IsNotCut()
    {
        var operation = TextOperation.Replace(10, 5, 2, "hello");

        var (first, remainder) = OperationSplitter.Split(operation, 100);

        Assert.Same(operation, first);
        Assert.Null(remainder);
    }

    [Fact]
    public void Operations_CutIntoPieces_ComposeToWhatTheyWere()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var operation = RandomOperation(new Random(seed));
            var because = string.Create(CultureInfo.InvariantCulture, $"seed {seed}");

            var (composed, remainder) = OperationSplitter.Split(operation, 200);
            Assert.True(composed.GetUtf8JsonLength() <= 200, because);
            while (remainder is not null)
            {
                (var piece, remainder) = OperationSplitter.Split(remainder, 200);
                Assert.True(piece.GetUtf8JsonLength() <= 200, because);
                composed = composed.Compose(piece);
            }

            Assert.True(operation.Equals(composed), because);
        }
    }

    [Fact]
    public void Operation_ThatCannotBeCutSmaller_IsLeftToTheServerToRefuse()
    {
        var embed = TextOperation.Parse("""[{"insert":{"image":"a long address of an image"}}]"""u8);

        var (first, remainder) = OperationSplitter.Split(embed, 20);

        Assert.Same(embed, first);
        Assert.Null(remainder);
    }

    private static TextOperation RandomOperation(Random random)
    {
        var bold = TextOperation.Parse("""[{"retain":1,"attributes":{"bold":true}}]"""u8).Components[0].Attributes;
        var builder = new OperationBuilder();
        for (var i = 0; i < 12; i++)
        {
            var attributes = random.Next(3) == 0 ? bold : null;
            _ = random.Next(4) switch
            {
                0 => builder.Retain(random.Next(1, 30), attributes),
                1 => builder.Delete(random.Next(1, 30)),
                2 => builder.InsertEmbed(Embed.Parse("""{"image":"a.png"}"""), attributes),
                _ => builder.Insert(string.Concat(Enumerable.Repeat(Texts[random.Next(Texts.Length)], random.Next(1, 40))), attributes),
            };
        }

        return builder.Build();
    }
}
