using System.Buffers;
using RealtimeCollab.Protocol.Tests.Support;

namespace RealtimeCollab.Protocol.Tests.Hostile;

/// <summary>Frames that are no messages: refused with an exact sentence, which SignalR logs while it closes the connection.</summary>
public sealed class HostileFrameTests
{
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "empty", "", "1 bytes are announced, and 0 are left." },
        { "a byte that begins nothing", "c1", "The byte 0xc1 begins no value." },
        { "a map", "80", "message: of type Map, not Array." },
        { "a number", "06", "message: of type Integer, not Array." },
        { "an array of nothing", "90", "message: 0 items, not the 1 that it needs." },
        { "a type that is text", "91 a1 36", "message type: of type String, not Integer." },
        { "a type that is a fraction", "91 cb 40 18 00 00 00 00 00 00", "message type: of type Float, not Integer." },
        { "a type beyond 2^63", "91 cf ff ff ff ff ff ff ff ff", "message type: beyond 2^63-1." },
        { "bytes behind the message", "91 06 00", "1 bytes stand behind the message." },
        { "an array of four billion", "dd ff ff ff ff", "4294967295 items are announced, and 0 bytes are left." },
        { "a map of four billion", "91 df ff ff ff ff", "4294967295 items are announced, and 0 bytes are left." },
        { "a map with half a pair", "91 81 c0", "1 items are announced, and 1 bytes are left." },
        { "text of four billion", "91 db ff ff ff ff 78", "4294967295 bytes are announced, and 1 are left." },
        { "binary of two billion", "91 c6 7f ff ff ff", "2147483647 bytes are announced, and 0 are left." },
        { "an extension of four billion", "91 c9 ff ff ff ff 05", "4294967295 bytes are announced, and 0 are left." },
        { "a number that is cut", "91 cf 00 00", "8 bytes are announced, and 2 are left." },
        { "an argument that is cut", "96 01 80 c0 a1 6d 91 a5 68 65", "5 bytes are announced, and 2 are left." },
        { "an argument that begins nothing", "96 01 80 c0 a1 6d 91 c1 90", "The byte 0xc1 begins no value." },
        { "a call of four items", "94 01 80 c0 a1 6d", "Invocation: 4 items, not the 5 that it needs." },
        { "a stream of four items", "94 04 80 a1 31 a1 6d", "StreamInvocation: 4 items, not the 5 that it needs." },
        { "an item that is missing", "93 02 80 a1 31", "StreamItem: 3 items, not the 4 that it needs." },
        { "a completion without its kind", "93 03 80 a1 31", "Completion: 3 items, not the 4 that it needs." },
        { "a completion without its error", "94 03 80 a1 31 01", "Completion: 4 items, not the 5 that it needs." },
        { "a completion without its result", "94 03 80 a1 31 03", "Completion: 4 items, not the 5 that it needs." },
        { "a result of no kind", "95 03 80 a1 31 04 c0", "result kind: 4, not 1, 2 or 3." },
        { "a result of a kind that is 1 modulo 2^32", "95 03 80 a1 31 cf 00 00 00 01 00 00 00 01 c0", "result kind: 4294967297, not 1, 2 or 3." },
        { "an error that is a number", "95 03 80 a1 31 01 2a", "error: of type Integer, not String." },
        { "a cancellation of nothing", "92 05 80", "CancelInvocation: 2 items, not the 3 that it needs." },
        { "a cancellation of nil", "93 05 80 c0", "invocationId: empty." },
        { "a cancellation of an empty id", "93 05 80 a0", "invocationId: empty." },
        { "a close without an error", "91 07", "Close: 1 items, not the 2 that it needs." },
        { "a close with a number", "92 07 01", "error: of type Integer, not String." },
        { "a close that allows 1", "93 07 c0 01", "allowReconnect: of type Integer, not Boolean." },
        { "an ack of nothing", "91 08", "Ack: 1 items, not the 2 that it needs." },
        { "a sequence of text", "92 09 a1 31", "sequenceId: of type String, not Integer." },
        { "headers that are nil", "95 01 c0 c0 a1 6d 90", "headers: of type Nil, not Map." },
        { "a header with a number", "95 01 81 a1 78 01 c0 a1 6d 90", "value of a header: of type Integer, not String." },
        { "a header without a name", "95 01 81 a0 a1 78 c0 a1 6d 90", "name of a header: empty." },
        { "a header twice", "95 01 82 a1 78 a1 79 a1 78 a1 79 c0 a1 6d 90", "headers: two of one name." },
        { "a target that is nil", "95 01 80 c0 c0 90", "target: of type Nil, not String." },
        { "a target that is empty", "95 01 80 c0 a0 90", "target: empty." },
        { "a target that is no UTF-8", "95 01 80 c0 a2 6d ff 90", "target: A string is not UTF-8." },
        { "a target of half a pair", "95 01 80 c0 a3 ed a0 bd 90", "target: A string holds half a surrogate pair." },
        { "an id that is a number", "95 01 80 07 a1 6d 90", "invocationId: of type Integer, not String." },
        { "a stream without an id", "95 04 80 c0 a1 6d 90", "invocationId: empty." },
        { "arguments that are a map", "95 01 80 c0 a1 6d 80", "arguments: of type Map, not Array." },
        { "streams that are numbers", "96 01 80 c0 a1 6d 91 2a 91 01", "streamIds: of type Integer, not String." },
        { "streams that are text", "96 01 80 c0 a1 6d 91 2a a1 31", "streamIds: of type String, not Array." },
    };

    public static TheoryData<string> EndlessPrefixes => ["ff ff ff ff 08", "80 80 80 80 80", "ff ff ff ff ff 01", "ff ff ff ff ff"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Body_ThatIsNoMessage_IsRefusedWithASentence(string name, string hex, string sentence)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Wire.Read(Wire.Frame(Wire.Hex(hex))));
        Assert.True(sentence == refused.Message, $"{name}: {refused.Message}");
    }

    [Theory]
    [MemberData(nameof(EndlessPrefixes))]
    public void LengthPrefix_Above2Gigabytes_IsRefused(string hex)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Wire.Read([.. Wire.Hex(hex), 0x91, 0x06]));
        Assert.Equal("The length of a message is above 2147483647 bytes.", refused.Message);
    }

    [Theory]
    [InlineData("ff ff ff ff 07")]
    [InlineData("80 80 80 80")]
    [InlineData("80")]
    public void LengthPrefix_OfMoreThanThereIs_WaitsForTheRest(string hex)
    {
        var input = new ReadOnlySequence<byte>(Wire.Hex(hex));
        Assert.False(Wire.Protocol.TryParseMessage(ref input, new TestBinder(), out _));
        Assert.Equal(Wire.Hex(hex).Length, input.Length);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(16_000, false)]
    public void Nesting_UpTo64Levels_IsRead(int depth, bool isRead)
    {
        // the message and its arguments are the first two levels
        byte[] body = [.. Wire.Hex("96 01 80 c0 a1 6d 91"), .. Enumerable.Repeat((byte)0x91, depth - 3), 0x90, 0x90];
        var read = Record.Exception(() => Wire.Read(Wire.Frame(body)));
        if (isRead)
            Assert.Null(read);
        else
            Assert.Equal("Arrays and maps are nested deeper than 64.", Assert.IsType<InvalidDataException>(read).Message);
    }

    [Theory]
    [InlineData("dd 7f ff ff ff")]
    [InlineData("91 df 3f ff ff ff")]
    [InlineData("91 db 7f ff ff ff")]
    [InlineData("95 01 df 00 ff ff ff c0 a1 6d 90")]
    [InlineData("95 01 80 c0 a1 6d dd 00 ff ff ff")]
    [InlineData("96 01 80 c0 a1 6d 90 dd 00 ff ff ff")]
    public void Count_ThatLies_AllocatesNothingForIt(string hex)
    {
        var frame = Wire.Frame(Wire.Hex(hex));
        var binder = new TestBinder();
        Assert.Throws<InvalidDataException>(() => Wire.Read(frame, binder));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Wire.Read(frame, binder));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }
}
