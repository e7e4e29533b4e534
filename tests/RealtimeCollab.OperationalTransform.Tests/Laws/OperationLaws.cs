using RealtimeCollab.OperationalTransform.Tests.Vectors;

namespace RealtimeCollab.OperationalTransform.Tests.Laws;

internal static class OperationLaws
{
    public static IEnumerable<Law> Of(bool rich)
    {
        var kind = rich ? "rich" : "plain";
        yield return new($"TP1, {kind}", random => TransformationProperty(new RandomOperations(random, rich)));
        yield return new($"ties, {kind}", random => Ties(new RandomOperations(random, rich)));
        yield return new($"composition, {kind}", random => Composition(new RandomOperations(random, rich)));
        yield return new($"inverse, {kind}", random => Inverse(new RandomOperations(random, rich)));
        yield return new($"canonical form, {kind}", random => CanonicalForm(new RandomOperations(random, rich)));
        yield return new($"selections, {kind}", random => Selections(new RandomOperations(random, rich)));
    }

    private static void TransformationProperty(RandomOperations draw)
    {
        var document = draw.Document(40);
        var (a, b) = (draw.Operation(document), draw.Operation(document));
        foreach (var winner in new[] { TieBreak.A, TieBreak.B })
        {
            var (a1, b1) = TextOperation.Transform(a, b, winner);
            DocumentContent.AssertEqual(document.Apply(a).Apply(b1), document.Apply(b).Apply(a1));
            Assert.Equal(a.Compose(b1), b.Compose(a1));
            Assert.Equal((a.TargetLength, b.TargetLength), (b1.BaseLength, a1.BaseLength));
        }
    }

    private static void Ties(RandomOperations draw)
    {
        var document = draw.Document(40);
        var (a, b) = draw.Random.Next(2) == 0
            ? (draw.Edit(document), draw.Edit(document)) // these often take the short way
            : (draw.Operation(document), draw.Operation(document));
        var (a1, b1) = TextOperation.Transform(a, b);
        Assert.Equal((b1, a1), TextOperation.Transform(b, a, TieBreak.B));
        Assert.Equal((a1, b1), (a.TransformOver(b), b.TransformUnder(a)));
        Assert.Equal((a1, b1), (Transformation.CarryComponents(a, b, wins: true), Transformation.CarryComponents(b, a, wins: false)));
    }

    private static void Composition(RandomOperations draw)
    {
        var document = draw.Document(40);
        var a = draw.Operation(document);
        var afterA = document.Apply(a);
        var b = draw.Operation(afterA);
        var afterB = afterA.Apply(b);
        var c = draw.Operation(afterB);
        DocumentContent.AssertEqual(afterB, document.Apply(a.Compose(b)));
        Assert.Equal(a.Compose(b).Compose(c), a.Compose(b.Compose(c)));
        Assert.Equal(a, TextOperation.Noop(document.Length).Compose(a));
        Assert.Equal(a, a.Compose(TextOperation.Noop(afterA.Length)));
    }

    private static void Inverse(RandomOperations draw)
    {
        var document = draw.Document(60);
        var operation = draw.Operation(document);
        var after = document.Apply(operation);
        var inverse = operation.Invert(document);
        DocumentContent.AssertEqual(document, after.Apply(inverse));
        DocumentContent.AssertEqual(after, document.Apply(inverse.Invert(after)));
    }

    private static void CanonicalForm(RandomOperations draw)
    {
        var document = draw.Document(40);
        var operation = draw.Operation(document);
        var again = new OperationBuilder();
        foreach (var component in operation.Components)
            AddInPieces(again, component, draw.Random);

        Assert.Equal(operation, again.Build());
        AssertCanonical(operation);
    }

    /// <summary>Adds a component in two pieces where it can be cut; deletes early, since where they stand among inserts says nothing.</summary>
    private static void AddInPieces(OperationBuilder builder, Component component, Random random)
    {
        var cut = random.Next(component.Length);
        if (component.Kind == ComponentKind.Retain)
            builder.Retain(cut, component.Attributes).Retain(component.Length - cut, component.Attributes);
        else if (component.Kind == ComponentKind.Delete)
            builder.Delete(cut).Delete(component.Length - cut);
        else if (component.Embed is { } embed)
            builder.InsertEmbed(embed, component.Attributes);
        else
            InsertInPieces(builder, component, Surrogates.IsCut(component.Text, cut) ? cut - 1 : cut);
    }

    private static void InsertInPieces(OperationBuilder builder, Component insert, int cut) =>
        builder.Insert(insert.Text[..cut].ToString(), insert.Attributes).Insert(insert.Text[cut..].ToString(), insert.Attributes);

    private static void AssertCanonical(TextOperation operation)
    {
        var components = operation.Components;
        for (var i = 0; i < components.Length; i++)
        {
            Assert.True(components[i].Length > 0, "An empty component.");
            if (i == 0)
                continue;

            Assert.False(components[i].IsInsert && components[i - 1].Kind == ComponentKind.Delete, "An insert behind a delete.");
            Assert.False(
                components[i].Kind == components[i - 1].Kind && components[i].Kind != ComponentKind.InsertEmbed
                    && components[i].Attributes.Equals(components[i - 1].Attributes),
                "Two neighbours that are one.");
        }
    }

    private static void Selections(RandomOperations draw)
    {
        var document = draw.Document(40);
        var operation = draw.Operation(document);
        var selection = draw.Selection(document.Length);
        var moved = selection.Transform(operation);
        Assert.True(moved.FitsIn(operation.TargetLength));
        foreach (var (before, after) in selection.Ranges.Zip(moved.Ranges))
            Assert.Equal(Math.Sign(before.Head - before.Anchor) * Math.Abs(after.Head - after.Anchor), after.Head - after.Anchor);
    }
}
