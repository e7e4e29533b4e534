using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Tests.Support;

namespace RealtimeCollab.Protocol.Tests.Golden;

/// <summary>
/// Bytes of the official client, read and written. If writing changed on purpose, make the vectors anew with
/// src/realtimecollab-js/test/wire/make-messagepack-vectors.mjs: the official client has the last word.
/// </summary>
public sealed class GoldenVectorTests
{
    public static TheoryData<string> Ids => [.. GoldenVector.All.Select(vector => vector.ToString())];

    public static TheoryData<string> WrittenIds => [.. GoldenVector.All.Where(vector => !vector.IsReadOnly).Select(vector => vector.ToString())];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Bytes_OfTheOfficialClient_AreReadAsItsMessage(string id)
    {
        var vector = Find(id);
        AssertSame(vector, Wire.Read(vector.Bytes, vector.Binder()));
    }

    [Theory]
    [MemberData(nameof(WrittenIds))]
    public void Message_OfTheOfficialClient_IsWrittenAsItsBytes(string id)
    {
        var vector = Find(id);
        Assert.Equal(Convert.ToHexString(vector.Bytes), Convert.ToHexString(Wire.Write(HubMessageJson.Read(vector.Message, vector.Binder()))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Bytes_InSegmentsOfAnySize_AreReadTheSame(string id)
    {
        var vector = Find(id);
        foreach (var size in new[] { 1, 2, 3, 7, 64 })
            AssertSame(vector, Wire.Read(Wire.InSegments(vector.Bytes, size), vector.Binder()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Frame_CutAnywhere_WaitsForTheRest(string id)
    {
        var vector = Find(id);
        for (var length = 0; length < vector.Bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(vector.Bytes, 0, length);
            Assert.False(Wire.Protocol.TryParseMessage(ref input, vector.Binder(), out var message));
            Assert.Null(message);
            Assert.Equal(length, input.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Body_CutAnywhere_IsRefused(string id)
    {
        var vector = Find(id);
        // a prefix of one byte up to 127 bytes of body, of two from there on
        var body = vector.Bytes[(vector.Bytes.Length > 128 ? 2 : 1)..];
        for (var length = 0; length < body.Length; length++)
            Assert.Throws<InvalidDataException>(() => Wire.Read(Wire.Frame(body[..length]), vector.Binder()));
    }

    [Fact]
    public void Messages_InOneInput_AreReadOneAfterAnother()
    {
        var vectors = GoldenVector.All.Where(vector => (int)vector.Message["type"]! >= 5).ToList();
        var input = new ReadOnlySequence<byte>([.. vectors.SelectMany(vector => vector.Bytes)]);
        foreach (var vector in vectors)
        {
            Assert.True(Wire.Protocol.TryParseMessage(ref input, vector.Binder(), out var message));
            AssertSame(vector, message);
        }

        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void Vectors_ShowEveryTypeOfMessage() =>
        Assert.Equal(Enumerable.Range(1, 9), GoldenVector.All.Select(vector => (int)vector.Message["type"]!).Distinct().Order());

    private static GoldenVector Find(string id) => GoldenVector.All.Single(vector => vector.ToString() == id);

    private static void AssertSame(GoldenVector vector, HubMessage message)
    {
        // what the contract makes of the message, so that an operation in Quill's form compares with its canonical form
        var expected = HubMessageJson.Write(HubMessageJson.Read(vector.Message, vector.Binder()));
        var actual = HubMessageJson.Write(message);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{vector}\nexpected {expected.ToJsonString()}\nactual   {actual.ToJsonString()}");
    }
}
