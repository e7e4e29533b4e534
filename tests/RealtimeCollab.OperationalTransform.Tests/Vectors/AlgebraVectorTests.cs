using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

public sealed class AlgebraVectorTests
{
    [Theory]
    [InlineData("ot-plain-apply.jsonl", null, 628)]
    [InlineData("rich-delta-apply.jsonl", null, 315)]
    [InlineData("rich-embeds.jsonl", "apply", 106)]
    public void Apply_EveryRow_GivesTheResult(string file, string? kind, int rows) => VectorFile.ForEach(file, kind, rows, row =>
    {
        var operation = row.Operation("op");
        DocumentContent.AssertEqual(row.Document("result"), row.Document("doc").Apply(operation));
        if (row.TryGetProperty("baseLength", out var baseLength))
            Assert.Equal((baseLength.GetInt32(), row.GetProperty("targetLength").GetInt32()), (operation.BaseLength, operation.TargetLength));
    });

    [Theory]
    [InlineData("ot-plain-compose.jsonl", null, 623)]
    [InlineData("rich-delta-compose.jsonl", null, 616)]
    [InlineData("rich-embeds.jsonl", "compose", 104)]
    public void Compose_EveryRow_GivesTheComposed(string file, string? kind, int rows) => VectorFile.ForEach(file, kind, rows, row =>
    {
        var (document, a, b) = (row.Document("doc"), row.Operation("a"), row.Operation("b"));
        var composed = a.Compose(b);
        Assert.Equal(row.Operation("composed"), composed);
        DocumentContent.AssertEqual(row.Document("afterA"), document.Apply(a));
        DocumentContent.AssertEqual(row.Document("result"), document.Apply(a).Apply(b));
        DocumentContent.AssertEqual(row.Document("result"), document.Apply(composed));
    });

    [Theory]
    [InlineData("ot-plain-transform.jsonl", null, 643)]
    [InlineData("rich-delta-transform.jsonl", null, 624)]
    [InlineData("rich-embeds.jsonl", "transform", 106)]
    public void Transform_EveryRow_GivesBothHalves(string file, string? kind, int rows) => VectorFile.ForEach(file, kind, rows, row =>
    {
        var (document, a, b) = (row.Document("doc"), row.Operation("a"), row.Operation("b"));
        var (a1, b1) = TextOperation.Transform(a, b);
        Assert.Equal(row.Operation("a1"), a1);
        Assert.Equal(row.Operation("b1"), b1);
        Assert.Equal(a1, a.TransformOver(b));
        Assert.Equal(b1, b.TransformUnder(a));
        Assert.Equal((b1, a1), TextOperation.Transform(b, a, TieBreak.B));
        DocumentContent.AssertEqual(row.Document("result"), document.Apply(a).Apply(b1));
        DocumentContent.AssertEqual(row.Document("result"), document.Apply(b).Apply(a1));
        Assert.Equal(a.Compose(b1), b.Compose(a1));
    });

    [Theory]
    [InlineData("ot-plain-invert.jsonl", null, 612)]
    [InlineData("rich-delta-invert.jsonl", null, 612)]
    [InlineData("rich-embeds.jsonl", "invert", 104)]
    public void Invert_EveryRow_GivesTheMinimalInverse(string file, string? kind, int rows) => VectorFile.ForEach(file, kind, rows, row =>
    {
        var (document, operation) = (row.Document("doc"), row.Operation("op"));
        var inverse = operation.Invert(document);
        Assert.Equal(row.Operation("inverse"), inverse);
        DocumentContent.AssertEqual(row.Document("result"), document.Apply(operation));
        DocumentContent.AssertEqual(document, document.Apply(operation).Apply(inverse));
    });

    [Fact]
    public void Selection_EveryRow_MovesAsGiven() => VectorFile.ForEach("selection.jsonl", null, 326, row =>
        Assert.Equal(Ranges(row, "moved"), Ranges(row, "ranges").Transform(row.Operation("op"))));

    private static Selection Ranges(JsonElement row, string name) =>
        new([.. row.GetProperty(name).EnumerateArray().Select(range => new SelectionRange(range[0].GetInt32(), range[1].GetInt32()))]);
}
