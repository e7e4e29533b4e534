using System.Buffers;
using RealtimeCollab.Protocol.MessagePack.Primitives;

namespace RealtimeCollab.Protocol.Tests.Payloads;

/// <summary>Every value is written in the shortest form there is; the borders that vectors would need large files for are here.</summary>
public sealed class MessagePackWriterTests
{
    private delegate void Write(ref MessagePackWriter writer);

    [Theory]
    [InlineData(31, "BF", 1)]
    [InlineData(32, "D920", 2)]
    [InlineData(255, "D9FF", 2)]
    [InlineData(256, "DA0100", 3)]
    [InlineData(65_535, "DAFFFF", 3)]
    [InlineData(65_536, "DB00010000", 5)]
    public void String_OfALength_HasTheShortestHeader(int length, string header, int size)
    {
        var written = Written((ref MessagePackWriter writer) => writer.WriteString(new string('x', length)));
        Assert.Equal(header, Convert.ToHexString(written.AsSpan(0, size)));
        Assert.Equal(size + length, written.Length);
    }

    [Theory]
    [InlineData(15, "9F", "8F")]
    [InlineData(16, "DC0010", "DE0010")]
    [InlineData(65_535, "DCFFFF", "DEFFFF")]
    [InlineData(65_536, "DD00010000", "DF00010000")]
    public void Count_OfArrayOrMap_HasTheShortestHeader(int count, string array, string map)
    {
        Assert.Equal(array, Convert.ToHexString(Written((ref MessagePackWriter writer) => writer.WriteArrayHeader(count))));
        Assert.Equal(map, Convert.ToHexString(Written((ref MessagePackWriter writer) => writer.WriteMapHeader(count))));
    }

    [Theory]
    [InlineData(long.MaxValue, "CF7FFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "D38000000000000000")]
    [InlineData(int.MinValue, "D280000000")]
    [InlineData(int.MinValue - 1L, "D3FFFFFFFF7FFFFFFF")]
    public void Integer_AtTheEnds_IsWritten(long value, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(Written((ref MessagePackWriter writer) => writer.WriteInteger(value))));

    [Theory]
    [InlineData(9007199254740991, "CF001FFFFFFFFFFFFF")]
    [InlineData(9007199254740992, "CB4340000000000000")]
    [InlineData(-0.5, "CBBFE0000000000000")]
    [InlineData(-3.0, "FD")]
    public void Number_ThatIsASafeInteger_IsWrittenAsOne(double value, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(Written((ref MessagePackWriter writer) => writer.WriteNumber(value))));

    [Fact]
    public void HalfASurrogatePair_IsReplacedAsInJson() =>
        Assert.Equal("A3EFBFBD", Convert.ToHexString(Written((ref MessagePackWriter writer) => writer.WriteString("\ud83d"))));

    [Fact]
    public void Values_AcrossTheSpansOfTheOutput_StayWhole()
    {
        var written = Written((ref MessagePackWriter writer) =>
        {
            for (var i = 0; i < 10_000; i++)
                writer.WriteInteger(i * 1000L);
        });
        var reader = new MessagePackReader(written);
        for (var i = 0; i < 10_000; i++)
        {
            reader.Read(out var token);
            Assert.Equal(i * 1000L, token.Integer);
        }

        Assert.Equal(0, reader.Remaining);
    }

    private static byte[] Written(Write write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
