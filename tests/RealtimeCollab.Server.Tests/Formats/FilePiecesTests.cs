using System.Text;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Formats;

namespace RealtimeCollab.Server.Tests.Formats;

/// <summary>A file is never in memory as a whole, however many lines it has.</summary>
public sealed class FilePiecesTests
{
    private const int Lines = 1_000_000;

    public static TheoryData<string> Formats => ["text", "markdown", "html", "delta"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void File_OfManyLines_ComesInPiecesThatAreMadeWhenAskedFor(string format)
    {
        var document = Document.FromText(new string('\n', Lines));
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var pieces = DocumentFormat.Find(format).Write(document, "t").GetEnumerator();
        Assert.True(pieces.MoveNext());
        Assert.True(pieces.MoveNext());

        // not a hundredth of what all lines take
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
        var length = pieces.Current.Length;
        while (pieces.MoveNext())
        {
            Assert.InRange(pieces.Current.Length, 0, 4 * FilePieces.Length);
            length += pieces.Current.Length;
        }

        Assert.InRange(length, Lines - (2 * FilePieces.Length), Lines * 20);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    public void File_OfTextAcrossPieces_HasEachCodePointWhole(string format)
    {
        var text = string.Concat(Enumerable.Repeat("a😀", 20_000)) + "\n";
        var pieces = DocumentFormat.Find(format).Write(Document.FromText(text), "t");

        // as it is sent: each piece by itself
        var sent = string.Concat(pieces.Select(piece => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));

        Assert.Equal(20_000, sent.EnumerateRunes().Count(rune => rune.Value == 0x1F600));
        Assert.DoesNotContain('\uFFFD', sent);
    }
}
