using System.Text.Json;
using RealtimeCollab.OperationalTransform.Tests.Laws;

namespace RealtimeCollab.OperationalTransform.Tests.Vectors;

public sealed class ContentHashTests
{
    [Fact]
    public void ComputeHash_OfEveryVector_IsTheExpectedOne()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        VectorFile.ForEach("content-hash.jsonl", kind: null, expectedRows: 68, row =>
        {
            var hash = row.Document("content").ComputeHash();
            Assert.Equal(row.GetProperty("hash").GetString(), hash);
            seen.Add(hash);
        });
        // "abc" and ["abc"] are the same content; so are two orders of names; nothing else is
        Assert.True(seen.Count >= 66, $"Only {seen.Count} hashes differ.");
    }

    [Fact]
    public void ComputeHash_OfADocumentGrownByOperations_IsThatOfItsContent() => Seeds.Check(200, seed =>
    {
        var random = new RandomOperations(seed, rich: true);
        var document = random.Document(20);
        for (var i = 0; i < 20; i++)
            document = document.Apply(random.Operation(document));

        var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
            document.WriteContentTo(writer, ContentType.RichText);
        Assert.Equal(Document.ParseContent(content.ToArray()).ComputeHash(), document.ComputeHash());
    });

    [Fact]
    public void ComputeHash_OfPlainText_AllocatesOnlyItsDigits()
    {
        var document = Document.FromText(new string('x', 1_000_000));
        document.ComputeHash();
        var before = GC.GetAllocatedBytesForCurrentThread();

        document.ComputeHash();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }
}
