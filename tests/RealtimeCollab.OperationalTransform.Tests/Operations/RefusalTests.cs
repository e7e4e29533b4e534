using System.Text;
using System.Text.Json;

namespace RealtimeCollab.OperationalTransform.Tests.Operations;

/// <summary>What the vectors do not hold: bytes that are no text, depth, and the other forms.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("""[{"retain":1,"retain":2}]""", OperationReason.AmbiguousComponent)]
    [InlineData("""[{"retain":1,"attributes":{"a":1,"a":2}}]""", OperationReason.DuplicateName)]
    [InlineData("""[{"retain":1,"attributes":{},"attributes":{}}]""", OperationReason.DuplicateName)]
    [InlineData("""[{"insert":{"a":{"b":1,"b":2}}}]""", OperationReason.DuplicateName)]
    [InlineData("""[{"insert":{"a":{"__proto__":1}}}]""", OperationReason.EmbedShape)]
    [InlineData("""[{"delete":-1}]""", OperationReason.NegativeDelete)]
    [InlineData("""[{"\ud800":1}]""", OperationReason.LoneSurrogate)]
    [InlineData("""{"ops":[1],"more":1}""", OperationReason.UnknownField)]
    [InlineData("""{"ops":{"insert":"x"}}""", OperationReason.NotArray)]
    [InlineData("""[{"ops":[1]},1]""", OperationReason.NotArray)]
    [InlineData("""[[1],[[2]]]""", OperationReason.ComponentType)]
    [InlineData("""[[1],{"insert":"x"}]""", OperationReason.NotArray)]
    [InlineData("""[[2147483647],[2147483647,"x"]]""", OperationReason.NumberOutOfRange)]
    [InlineData("""{"type":"insert","content":"x"}""", OperationReason.Positional)]
    [InlineData("""{"type":"insert","position":-1,"content":"x"}""", OperationReason.Positional)]
    [InlineData("""{"type":"insert","position":1,"content":"xy","length":3}""", OperationReason.Positional)]
    [InlineData("""{"type":"insert","position":1}""", OperationReason.EmptyInsert)]
    [InlineData("""{"type":"insert","position":2147483647,"content":"x"}""", OperationReason.NumberOutOfRange)]
    [InlineData("""{"type":"delete","position":1}""", OperationReason.Positional)]
    [InlineData("""{"type":"delete","position":1,"length":0}""", OperationReason.ZeroLength)]
    [InlineData("""{"type":"delete","position":1,"length":2,"attributes":{"a":1}}""", OperationReason.UnknownField)]
    [InlineData("""{"type":"format","position":1,"length":2}""", OperationReason.Positional)]
    [InlineData("""{"type":"delete","position":1,"length":2,"length":2}""", OperationReason.DuplicateName)]
    [InlineData("""{"type":7,"position":1}""", OperationReason.ComponentType)]
    [InlineData("""{"type":"retain","position":1,"length":"2"}""", OperationReason.ComponentType)]
    [InlineData("""{"type":"delete","position":1,"length":2,"why":1}""", OperationReason.UnknownField)]
    public void Parse_BadForm_HasItsReason(string json, string reason) =>
        Assert.Equal(reason, Assert.Throws<OperationException>(() => TextOperation.Parse(Encoding.UTF8.GetBytes(json))).Reason);

    [Fact]
    public void Parse_BytesThatAreNoUtf8_AreNoJson()
    {
        Assert.Equal(OperationReason.NotJson, Reason([(byte)'[', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)']']));
        Assert.Equal(OperationReason.NotJson, Reason([(byte)'[', (byte)'"', 0xED, 0xA0, 0xBD, (byte)'"', (byte)']'])); // half a pair in three bytes
        Assert.Equal(OperationReason.NotJson, Reason([0xFF, 0xFE]));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Parse_NestedEmbed_IsReadToTheLimit(int depth, bool isRead)
    {
        // the embed's own object is the first level
        var json = Encoding.UTF8.GetBytes("""[{"insert":{"x":""" + new string('[', depth - 1) + new string(']', depth - 1) + "}}]");
        if (isRead)
            Assert.Equal(1, TextOperation.Parse(json).TargetLength);
        else
            Assert.Equal(OperationReason.TooDeep, Reason(json));
    }

    [Fact]
    public void Parse_ThousandsOfBrackets_AreRefused() => Assert.NotEmpty(Reason([.. Enumerable.Repeat((byte)'[', 100_000)]));

    [Fact]
    public void Parse_LongListOfSmallOperations_IsComposed()
    {
        var json = $"[{string.Join(',', Enumerable.Repeat("""["ab"]""", 50_000))}]";
        Assert.Equal(100_000, TextOperation.Parse(Encoding.UTF8.GetBytes(json)).TargetLength);
    }

    [Fact]
    public void Embed_MembersInAnyOrder_AreEqual()
    {
        var embed = Embed.Parse("""{"mention":{"id":1.0,"name":"Ann"}}""");
        Assert.Equal(embed, Embed.Parse(""" { "mention" : { "name" : "A\u006en", "id" : 1 } } """));
        Assert.Equal(("mention", """{"mention":{"id":1,"name":"Ann"}}"""), (embed.Type, embed.ToString()));
    }

    [Fact]
    public void Converter_InAContract_ReadsTheArrayFormOnly()
    {
        Assert.Equal("[1]", JsonSerializer.Deserialize<Contract>("""{"Operation":[1]}""")!.Operation.ToString());
        Assert.Throws<OperationException>(static () => JsonSerializer.Deserialize<Contract>("""{"Operation":{"ops":[1]}}"""));
    }

    private static string Reason(byte[] json) => Assert.Throws<OperationException>(() => TextOperation.Parse(json)).Reason;

    private sealed record Contract(TextOperation Operation);
}
