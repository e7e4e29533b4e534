using System.Text;
using RealtimeCollab.OperationalTransform.Rope;
using RealtimeCollab.OperationalTransform.Tests.Laws;
using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Documents;

/// <summary>The tree against the model, over documents of several levels, edited at random: in place, by copying, and with snapshots between.</summary>
public sealed class DocumentModelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_RandomEdits_AgreesWithTheModel(bool rich) => Seeds.Check(60, random =>
    {
        var draw = new RandomOperations(random, rich);
        var document = draw.Document(random.Next(2) == 0 ? 30 : 6000);
        var builder = document.ToBuilder();
        var model = DocumentModel.Of(document);
        for (var i = 0; i < 60; i++)
        {
            var operation = random.Next(10) switch
            {
                0 => draw.Operation(document, maxComponent: 400),
                1 => draw.Edit(document, maxText: 3000),
                _ => draw.Edit(document),
            };
            (document, model) = (document.Apply(operation), model.Apply(operation));
            builder.Apply(operation);
            if (random.Next(8) == 0)
                Check(model, builder.ToDocument());
        }

        Check(model, document);
        Check(model, builder.ToDocument());
    });

    [Fact]
    public void ToDocument_WriterGoesOn_SnapshotStaysAsItWas() => Seeds.Check(20, random =>
    {
        var draw = new RandomOperations(random, rich: true);
        var builder = draw.Document(3000).ToBuilder();
        var snapshots = new List<(Document Document, string Content)>();
        for (var i = 0; i < 100; i++)
        {
            var snapshot = builder.ToDocument();
            snapshots.Add((snapshot, snapshot.ToJson()));
            builder.Apply(draw.Edit(snapshot));
            builder.Apply(draw.Edit(builder.ToDocument()));
        }

        Assert.All(snapshots, taken => Assert.Equal(taken.Content, taken.Document.ToJson()));
    });

    [Fact]
    public void Apply_DeletingBitByBit_KeepsTheTreeLow() => Seeds.Check(3, random =>
    {
        var builder = Document.FromText(new string('x', 200_000)).ToBuilder();
        while (builder.Length > 0)
        {
            var position = random.Next(builder.Length);
            var deleted = Math.Min(builder.Length - position, random.Next(1, 60));
            builder.Apply(TextOperation.Replace(builder.Length, position, deleted, string.Empty));
            if (builder.Length % 1000 == 0)
                TreeShape.Check(builder.ToDocument().Root);
        }

        Assert.Equal(0, builder.ToDocument().Root.Height);
    });

    private static void Check(DocumentModel model, Document document)
    {
        TreeShape.Check(document.Root);
        Assert.Equal(model.ToJson(), TextOperation.ParseArray(Encoding.UTF8.GetBytes(document.ToJson())).ToString());
        CheckLines(document);
    }

    private static void CheckLines(Document document)
    {
        var text = document.ToString();
        var lines = text.Split('\n');
        Assert.Equal(lines.Length, document.LineCount);
        var start = 0;
        for (var line = 0; line < lines.Length; line += Math.Max(1, lines.Length / 50))
        {
            start = lines.Take(line).Sum(static before => before.Length + 1);
            Assert.Equal(start, document.GetLineStart(line));
            var end = new LinePosition(line, lines[line].Length);
            Assert.Equal(start + end.Column, document.GetPosition(end));
            Assert.Equal(end, document.GetLinePosition(start + end.Column));
        }
    }
}
