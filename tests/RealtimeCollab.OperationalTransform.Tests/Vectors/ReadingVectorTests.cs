using System.Text;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

public sealed class ReadingVectorTests
{
    [Fact]
    public void Canonical_EveryRow_ReadsAsTheShortestForm() => VectorFile.ForEach("canonical.jsonl", null, 37, row =>
    {
        var wire = Encoding.UTF8.GetBytes(row.GetProperty("wire").GetString()!);
        var expected = row.GetProperty("op");
        foreach (var operation in new[] { TextOperation.ParseArray(wire), TextOperation.Parse(wire) })
        {
            Assert.Equal(row.Operation("op"), operation);
            Assert.Equal(TextOperation.ParseArray(expected.Utf8()).ToString(), operation.ToString());
            DocumentContent.AssertEqual(row.Document("result"), row.Document("doc").Apply(operation));
        }
    });

    [Theory]
    [InlineData("read", 80)]
    [InlineData("apply", 22)]
    public void Invalid_EveryRowOfOne_IsRefusedWithItsReason(string kind, int rows) => VectorFile.ForEach("invalid.jsonl", kind, rows, row =>
    {
        var wire = Encoding.UTF8.GetBytes(row.GetProperty("wire").GetString()!);
        var refusal = kind == "read"
            ? Assert.Throws<OperationException>(() => TextOperation.ParseArray(wire))
            : Assert.Throws<OperationException>(() => row.Document("doc").Apply(TextOperation.ParseArray(wire)));
        Assert.Equal(row.GetProperty("reason").GetString(), refusal.Reason);
    });

    [Theory]
    [InlineData("compose", 3)]
    [InlineData("transform", 3)]
    public void Invalid_EveryRowOfTwo_IsRefusedWithItsReason(string kind, int rows) => VectorFile.ForEach("invalid.jsonl", kind, rows, row =>
    {
        var (a, b) = (row.Operation("a"), row.Operation("b"));
        var refusal = kind == "compose"
            ? Assert.Throws<OperationException>(() => a.Compose(b))
            : Assert.Throws<OperationException>(() => TextOperation.Transform(a, b));
        Assert.Equal(row.GetProperty("reason").GetString(), refusal.Reason);
    });

    [Fact]
    public void Invalid_RowsThatAreOtherForms_AreReadByParseAlone()
    {
        var accepted = new List<string>();
        VectorFile.ForEach("invalid.jsonl", "read", 80, row =>
        {
            try
            {
                TextOperation.Parse(Encoding.UTF8.GetBytes(row.GetProperty("wire").GetString()!));
                accepted.Add(row.GetProperty("id").GetString()!);
            }
            catch (OperationException)
            {
                // refused in every form, as it should be
            }
        });

        // i69 is {"ops": [...]}, i72 a list of one operation
        Assert.Equal(["i69", "i72"], accepted);
    }
}
