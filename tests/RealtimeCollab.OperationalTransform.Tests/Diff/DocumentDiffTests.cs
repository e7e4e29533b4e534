using System.Text;
using RealtimeCollab.OperationalTransform.Tests.Laws;

namespace RealtimeCollab.OperationalTransform.Tests.Diff;

public sealed class DocumentDiffTests
{
    [Theory]
    [InlineData("\"abc\"", "\"abc\"", "[3]")]
    [InlineData("\"hello world\"", "\"hello there world\"", """[6,"there ",5]""")]
    [InlineData("""[{"insert":"abc","attributes":{"bold":true}}]""", """["abc"]""", """["abc",-3]""")]
    [InlineData("""["a",{"insert":"b","attributes":{"bold":true}},"c"]""", """["a",{"insert":"x","attributes":{"bold":true}},"c"]""", """[1,{"insert":"x","attributes":{"bold":true}},-1,1]""")]
    [InlineData("""[{"insert":{"image":"a"}},"c"]""", """[{"insert":{"image":"b"}},"c"]""", """[{"insert":{"image":"b"}},-1,1]""")]
    [InlineData("""["😀",{"insert":"b","attributes":{"bold":true}}]""", """["🚀",{"insert":"b","attributes":{"bold":true}}]""", """["🚀",-2,1]""")]
    [InlineData("""[]""", """[{"insert":"b","attributes":{"bold":true}}]""", """[{"insert":"b","attributes":{"bold":true}}]""")]
    public void Compute_OfSmallDocuments_KeepsWhatIsEqualAtBothEnds(string from, string to, string expected)
    {
        var operation = DocumentDiff.Compute(Read(from), Read(to));

        Assert.Equal(TextOperation.Parse(Encoding.UTF8.GetBytes(expected)), operation);
    }

    [Fact]
    public void Compute_OfAnyTwoDocuments_LeadsFromOneToTheOther() => Seeds.Check(500, seed =>
    {
        var random = new RandomOperations(seed, rich: true);
        var from = random.Document(12);
        var to = seed.Next(2) == 0 ? random.Document(12) : from.Apply(random.Operation(from));

        var reached = from.Apply(DocumentDiff.Compute(from, to));

        Assert.Equal(TextOperation.Noop(to.Length), DocumentDiff.Compute(reached, to));
        Assert.Equal(to.ToString(), reached.ToString());
    });

    private static Document Read(string json) => Document.ParseContent(Encoding.UTF8.GetBytes(json));
}
