using System.Text.Json;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.MessagePack.Payloads;
using RealtimeCollab.Protocol.MessagePack.Primitives;
using RealtimeCollab.Protocol.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Protocol.Tests.Payloads;

/// <summary>The direct way of operations, without JSON in between.</summary>
public sealed class OperationFormatTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "c0", "not-array" },
        { "81 a1 78 90", "not-array" },
        { "91 00", "zero-length" },
        { "91 ca 7f 80 00 00", "number-out-of-range" },
        { "91 cb 7f f8 00 00 00 00 00 00", "number-out-of-range" },
        { "91 ca 3f c0 00 00", "number-not-integer" },
        { "91 d2 80 00 00 00", "number-out-of-range" },
        { "91 cf ff ff ff ff ff ff ff ff", "number-out-of-range" },
        { "91 a0", "empty-insert" },
        { "91 a1 ff", "not-json" },
        { "91 a3 ed a0 bd", "lone-surrogate" },
        { "91 a6 ed a0 bd ed b8 80", "lone-surrogate" },
        { "91 c0", "component-type" },
        { "91 c4 01 78", "not-json" },
        { "91 81 a6 69 6e 73 65 72 74 81 a1 78 c4 01 78", "not-json" },
        { "91 c7 00 05", "not-json" },
        { "91 81 01 a1 78", "not-json" },
        { "91 82 a6 69 6e 73 65 72 74 a1 78 a6 69 6e 73 65 72 74 a1 78", "ambiguous-component" },
        { "91 82 a6 72 65 74 61 69 6e 01 aa 61 74 74 72 69 62 75 74 65 73 82 a1 61 c3 a1 61 c3", "duplicate-name" },
        { "91 82 a6 72 65 74 61 69 6e 01 aa 61 74 74 72 69 62 75 74 65 73 81 a1 61 cb 7f f0 00 00 00 00 00 00", "number-out-of-range" },
        { "91 82 a6 72 65 74 61 69 6e 01 aa 61 74 74 72 69 62 75 74 65 73 81 a3 ed a0 bd c3", "lone-surrogate" },
        { "93 ce 7f ff ff ff d2 80 00 00 01 02", "number-out-of-range" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Operation_ThatIsNone_IsRefusedWithItsReason(string hex, string reason)
    {
        var operation = OperationFormat.ReadAnyForm(Wire.Hex(hex));
        Assert.Equal(reason, Assert.Throws<OperationException>(operation.GetOperation).Reason);
    }

    [Theory]
    [InlineData("91 cb 40 14 00 00 00 00 00 00", "[5]")]
    [InlineData("91 ca 40 a0 00 00", "[5]")]
    [InlineData("91 d3 ff ff ff ff ff ff ff fb", "[-5]")]
    [InlineData("92 ff a1 78", """["x",-1]""")]
    [InlineData("91 d6 ff 00 00 00 01", """["1970-01-01T00:00:01.000Z"]""")]
    [InlineData("92 91 a1 78 92 01 a1 79", """["xy"]""")]
    public void Operation_InAnotherForm_IsReadAsJsonHasIt(string hex, string canonical) =>
        Assert.Equal(canonical, OperationFormat.ReadAnyForm(Wire.Hex(hex)).GetOperation().ToString());

    [Fact]
    public void Operations_OfTheVectors_GoThereAndBackDirectly()
    {
        var count = 0;
        foreach (var operation in VectorOperations())
        {
            var bytes = Write(operation);
            var reader = new MessagePackReader(bytes);
            Assert.True(OperationFormat.TryRead(ref reader, out var read), operation.ToString());
            Assert.Equal(0, reader.Remaining);
            Assert.Equal(operation, read);
            Assert.Equal(bytes.Length, OperationFormat.ReadAnyForm(bytes).WireBytes);
            count++;
        }

        Assert.True(count > 2500, $"{count} operations");
    }

    [Fact]
    public void Operation_WrittenDirectly_HasTheBytesOfItsJson()
    {
        foreach (var operation in VectorOperations())
            Assert.Equal(Convert.ToHexString(WriteThroughJson(operation)), Convert.ToHexString(Write(operation)));
    }

    [Theory]
    [InlineData(70_004, false)]
    [InlineData(70_003, true)]
    public void Operation_LargerInMessagePackThanInJson_IsMeasuredInJson(int limit, bool isLarger)
    {
        // a text of 70,000 bytes has two quotes and two brackets in JSON; here, headers of five bytes and one
        var operation = OperationFormat.ReadAnyForm(Write(TextOperation.Replace(0, 0, 0, new string('x', 70_000))));
        Assert.Equal(70_006, operation.WireBytes);
        Assert.Equal(isLarger, operation.IsLargerThan(limit));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void List_ThatSetsMuchInManyPlaces_IsMeasuredAsItIsComposed(bool inMessagePack)
    {
        const int Places = 6000;
        var inserts = string.Join(',', Enumerable.Repeat("""{"insert":"b","attributes":{"x":1}},"a" """, Places / 2));
        var json = System.Text.Encoding.UTF8.GetBytes($$$"""[[{{{inserts}}}],[{"retain":{{{Places}}},"attributes":{"y":"{{{new string('z', 4000)}}}"}}]]""");
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var operation = inMessagePack ? OperationFormat.ReadAnyForm(ToMessagePack(json)) : JsonSerializer.Deserialize<WireOperation>(json)!;

        // 24 MB of JSON of some 150 KB
        Assert.InRange(operation.WireBytes, 1, 200_000);
        Assert.True(operation.IsLargerThan(512 * 1024));
        Assert.True(operation.IsLargerThan(10_000_000));
        Assert.False(operation.IsLargerThan(100_000_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 200_000_000);
        Assert.InRange(operation.GetOperation().GetUtf8JsonLength(), 24_000_000, 25_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attributes_BeyondTheLimit_AreRefusedInBothProtocols(bool inMessagePack)
    {
        var json = System.Text.Encoding.UTF8.GetBytes($$$"""[{"insert":"b","attributes":{"x":"{{{new string('z', 4096)}}}"}}]""");

        var operation = inMessagePack ? OperationFormat.ReadAnyForm(ToMessagePack(json)) : JsonSerializer.Deserialize<WireOperation>(json)!;

        Assert.Equal(OperationReason.AttributesLength, Assert.Throws<OperationException>(operation.GetOperation).Reason);
    }

    private static byte[] ToMessagePack(byte[] json)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        JsonToMessagePack.Write(ref writer, json, maxDepth: 64);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Write(TextOperation operation)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        OperationFormat.Write(ref writer, operation);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] WriteThroughJson(TextOperation operation) => ToMessagePack(operation.ToUtf8Json());

    private static IEnumerable<TextOperation> VectorOperations()
    {
        foreach (var file in new[] { "ot-plain-transform.jsonl", "rich-delta-transform.jsonl", "rich-embeds.jsonl" })
        {
            foreach (var line in File.ReadLines(Repository.PathOf("tests", "vectors", file)))
            {
                using var row = JsonDocument.Parse(line);
                foreach (var name in new[] { "a", "b" })
                {
                    if (row.RootElement.TryGetProperty(name, out var operation))
                        yield return TextOperation.ParseArray(System.Text.Encoding.UTF8.GetBytes(operation.GetRawText()));
                }
            }
        }
    }
}
