using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Tests.Support;

namespace RealtimeCollab.Protocol.Tests.Golden;

/// <summary>The examples of SignalR's specification of its hub protocol, and what .NET's clients send that JavaScript's does not.</summary>
public sealed class SpecificationTests
{
    public static TheoryData<string, string> Examples => new()
    {
        { "96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90", """{"type":1,"target":"method","arguments":[42],"streamIds":[],"invocationId":"xyz"}""" },
        { "96 01 80 c0 a6 6d 65 74 68 6f 64 91 2a 90", """{"type":1,"target":"method","arguments":[42],"streamIds":[]}""" },
        { "96 04 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90", """{"type":4,"target":"method","arguments":[42],"streamIds":[],"invocationId":"xyz"}""" },
        { "94 02 80 a3 78 79 7a 2a", """{"type":2,"item":42,"invocationId":"xyz"}""" },
        { "95 03 80 a3 78 79 7a 01 a5 45 72 72 6f 72", """{"type":3,"error":"Error","invocationId":"xyz"}""" },
        { "94 03 80 a3 78 79 7a 02", """{"type":3,"invocationId":"xyz"}""" },
        { "95 03 80 a3 78 79 7a 03 2a", """{"type":3,"result":42,"invocationId":"xyz"}""" },
        { "93 05 80 a3 78 79 7a", """{"type":5,"invocationId":"xyz"}""" },
        { "91 06", """{"type":6}""" },
        { "93 07 a3 78 79 7a c3", """{"type":7,"error":"xyz","allowReconnect":true}""" },
        { "92 08 24", """{"type":8,"sequenceId":36}""" },
        { "92 09 13", """{"type":9,"sequenceId":19}""" },
        {
            "96 01 82 a1 78 a1 79 a1 7a a1 7a a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90",
            """{"type":1,"target":"method","arguments":[42],"streamIds":[],"invocationId":"xyz","headers":{"x":"y","z":"z"}}"""
        },
    };

    /// <summary>Other bytes for the same messages: short forms of the specification's, longer encodings, and items that are still to be invented.</summary>
    public static TheoryData<string, string> OtherForms => new()
    {
        { "92 07 a3 78 79 7a", """{"type":7,"error":"xyz","allowReconnect":false}""" },
        { "92 07 c0", """{"type":7,"error":null,"allowReconnect":false}""" },
        { "92 08 cc 24", """{"type":8,"sequenceId":36}""" },
        { "92 09 d3 00 00 00 00 00 00 00 13", """{"type":9,"sequenceId":19}""" },
        { "92 cc 06 c3", """{"type":6}""" },
        { "dc 00 01 06", """{"type":6}""" },
        { "dd 00 00 00 02 cd 00 06 c0", """{"type":6}""" },
        { "94 05 80 a3 78 79 7a 81 a1 61 90", """{"type":5,"invocationId":"xyz"}""" },
        { "93 05 de 00 00 d9 03 78 79 7a", """{"type":5,"invocationId":"xyz"}""" },
        { "93 05 df 00 00 00 00 db 00 00 00 03 78 79 7a", """{"type":5,"invocationId":"xyz"}""" },
        { "95 03 80 da 00 03 78 79 7a d0 02 c0", """{"type":3,"invocationId":"xyz"}""" },
        { "97 01 80 c0 a6 6d 65 74 68 6f 64 91 ce 00 00 00 2a 90 a3 6e 65 77", """{"type":1,"target":"method","arguments":[42],"streamIds":[]}""" },
        { "94 02 80 a1 31 ca 3f 00 00 00", """{"type":2,"item":0.5,"invocationId":"1"}""" },
        { "94 02 80 a1 31 ca 3d cc cc cd", """{"type":2,"item":0.1,"invocationId":"1"}""" },
        { "94 02 80 a1 31 cb 40 14 00 00 00 00 00 00", """{"type":2,"item":5,"invocationId":"1"}""" },
        { "94 02 80 a1 31 cf ff ff ff ff ff ff ff ff", """{"type":2,"item":18446744073709551615,"invocationId":"1"}""" },
        { "94 02 80 a1 31 c4 03 01 02 03", """{"type":2,"item":"AQID","invocationId":"1"}""" },
        { "94 02 80 a1 31 c5 00 03 01 02 03", """{"type":2,"item":"AQID","invocationId":"1"}""" },
        { "94 02 80 a1 31 c6 00 00 00 03 01 02 03", """{"type":2,"item":"AQID","invocationId":"1"}""" },
        { "94 02 80 a1 31 d6 ff 00 00 00 01", """{"type":2,"item":"1970-01-01T00:00:01.000Z","invocationId":"1"}""" },
        { "94 02 80 a1 31 c7 04 ff 00 00 00 01", """{"type":2,"item":"1970-01-01T00:00:01.000Z","invocationId":"1"}""" },
        { "94 02 80 a1 31 d7 ff 77 35 94 00 00 00 00 01", """{"type":2,"item":"1970-01-01T00:00:01.500Z","invocationId":"1"}""" },
        {
            "94 02 80 a1 31 c7 0c ff 1d cd 65 00 ff ff ff ff ff ff ff ff",
            """{"type":2,"item":"1969-12-31T23:59:59.500Z","invocationId":"1"}"""
        },
        {
            "94 02 80 a1 31 c8 00 0c ff 3b 9a c9 ff 00 00 00 3a ff f4 41 7f",
            """{"type":2,"item":"9999-12-31T23:59:59.999Z","invocationId":"1"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_IsReadAndWritten(string hex, string message)
    {
        var read = Wire.Read(Wire.Frame(Wire.Hex(hex)));
        Assert.Equal(message, HubMessageJson.Write(read).ToJsonString());
        Assert.Equal(Wire.Frame(Wire.Hex(hex)), Wire.Write(read));
    }

    [Theory]
    [MemberData(nameof(OtherForms))]
    public void OtherForm_IsReadAsTheSame(string hex, string message) =>
        Assert.Equal(message, HubMessageJson.Write(Wire.Read(Wire.Frame(Wire.Hex(hex)))).ToJsonString());

    [Fact]
    public void Message_OfATypeToCome_IsPassedOver()
    {
        var message = Wire.Read([.. Wire.Frame(Wire.Hex("92 63 c0")), .. Wire.Frame(Wire.Hex("93 0a 80 90")), .. Wire.Frame(Wire.Hex("91 06"))]);
        Assert.Same(PingMessage.Instance, message);
    }

    [Fact]
    public void Message_OfATypeToComeAlone_IsTakenAndNothingComesOfIt()
    {
        var input = new System.Buffers.ReadOnlySequence<byte>(Wire.Frame(Wire.Hex("92 63 c0")));
        Assert.False(Wire.Protocol.TryParseMessage(ref input, new TestBinder(), out _));
        Assert.True(input.IsEmpty);
    }

    [Theory]
    [InlineData("35", 53)]
    [InlineData("80 29", 5248)]
    [InlineData("ff 7f", 16383)]
    [InlineData("80 80 01", 16384)]
    public void LengthPrefix_OfTheSpecification_IsReadAndWritten(string hex, int length)
    {
        var prefix = Wire.Hex(hex);
        var item = new StreamItemMessage("1", new string('x', length - OverheadOf(length)));
        var frame = Wire.Write(item);
        Assert.Equal(prefix, frame[..prefix.Length]);
        Assert.Equal(prefix.Length + length, frame.Length);
        Assert.IsType<StreamItemMessage>(Wire.Read(frame));
    }

    /// <summary>Array, type, headers, id "1", and the header of a string that fills a message of so many bytes.</summary>
    private static int OverheadOf(int length) => 5 + (length < 256 ? 2 : 3);
}
