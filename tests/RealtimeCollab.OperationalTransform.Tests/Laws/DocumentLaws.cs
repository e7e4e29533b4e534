using System.Text;
using RealtimeCollab.OperationalTransform.Tests.Documents;
using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

internal static class DocumentLaws
{
    public static IReadOnlyList<Law> All { get; } =
    [
        new("tree and model agree", TreeAndModel),
        new("a refused operation changes nothing", Refusal),
        new("diff leads to the new text", Diff),
    ];

    private static void TreeAndModel(Random random)
    {
        var draw = new RandomOperations(random, rich: true);
        var document = draw.Document(600);
        var (builder, model) = (document.ToBuilder(), DocumentModel.Of(document));
        for (var edits = random.Next(12); edits > 0; edits--)
        {
            var operation = random.Next(3) == 2 ? draw.Operation(document, maxComponent: 60) : draw.Edit(document, maxText: 90);
            (document, model) = (document.Apply(operation), model.Apply(operation));
            builder.Apply(operation);
        }

        TreeShape.Check(document.Root);
        TreeShape.Check(builder.ToDocument().Root);
        DocumentContent.AssertEqual(document, builder.ToDocument());
        Assert.Equal(model.ToJson(), TextOperation.ParseArray(Encoding.UTF8.GetBytes(document.ToJson())).ToString());
    }

    /// <summary>Operations drawn for another document: most do not fit, and those that do may cut pairs.</summary>
    private static void Refusal(Random random)
    {
        var draw = new RandomOperations(random, rich: true);
        var document = draw.Document(30);
        var other = Document.FromText(new string('x', document.Length + random.Next(2)));
        var operation = draw.Operation(other);
        var builder = document.ToBuilder();
        var before = document.ToJson();
        try
        {
            builder.Apply(operation);
            DocumentContent.AssertEqual(document.Apply(operation), builder.ToDocument());
            DocumentContent.AssertEqual(document, builder.ToDocument().Apply(operation.Invert(document)));
        }
        catch (OperationException)
        {
            Assert.Equal(before, builder.ToDocument().ToJson());
            Assert.Throws<OperationException>(() => document.Apply(operation));
            Assert.Throws<OperationException>(() => operation.Invert(document));
        }

        Assert.Equal(before, document.ToJson());
    }

    private static void Diff(Random random)
    {
        var draw = new RandomOperations(random, rich: false);
        var before = draw.Document(60);
        var after = random.Next(3) == 0 ? draw.Document(60) : before.Apply(draw.Operation(before));
        var difference = TextDiff.Compute(before.ToString(), after.ToString());
        DocumentContent.AssertEqual(after, before.Apply(difference));
        if (before.ToString() == after.ToString())
            Assert.True(difference.IsNoop);
    }
}
