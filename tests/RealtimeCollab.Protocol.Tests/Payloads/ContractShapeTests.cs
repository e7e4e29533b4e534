using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Json;
using RealtimeCollab.Protocol.Tests.Support;

namespace RealtimeCollab.Protocol.Tests.Payloads;

/// <summary>Every message of the contract has in MessagePack the shape that it has in JSON, whichever way it is written and read.</summary>
public sealed class ContractShapeTests
{
    private const int Rounds = 200;

    public static TheoryData<string> Types => [.. TestBinder.ContractTypes.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Message_OfTheContract_HasTheShapeThatItHasInJson(string name) => ForAll(name, (type, value, json, because) =>
    {
        var frame = Wire.Write(new StreamItemMessage("1", value));
        // as any client sees it, and as the contract reads it
        AssertSame(json, ReadItem(frame, typeof(JsonElement)), because);
        AssertSame(json, ReadItem(frame, type), because);
    });

    [Theory]
    [MemberData(nameof(Types))]
    public void Message_WithItsMembersInAnotherOrderAndMore_IsReadTheSame(string name)
    {
        var values = new ContractValues(new Random(name.Length));
        ForAll(name, (type, _, json, because) =>
        {
            var shuffled = values.Shuffle(json)!;
            if (shuffled is JsonObject members)
                members["unknown"] = new JsonArray(1, "2", null, new JsonObject { ["three"] = 3 });
            AssertSame(json, ReadItem(Wire.Write(new StreamItemMessage("1", shuffled)), type), because);
        });
    }

    private static void ForAll(string name, Action<Type, object, JsonNode, string> check)
    {
        var type = TestBinder.ContractTypes.Single(type => type.FullName == name);
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var value = new ContractValues(new Random(seed)).Make(type);
            check(type, value, JsonSerializer.SerializeToNode(value, type, ProtocolJson.Options)!, $"{type.Name}, seed {seed}");
        }
    }

    private static JsonNode? ReadItem(byte[] frame, Type type)
    {
        var message = Wire.Read(frame, new TestBinder { ItemType = type });
        var item = message is StreamItemMessage read ? read.Item : throw ((StreamBindingFailureMessage)message).BindingFailure.SourceException;
        return JsonSerializer.SerializeToNode(item, type, ProtocolJson.Options);
    }

    private static void AssertSame(JsonNode expected, JsonNode? actual, string because) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{because}\nexpected {expected.ToJsonString()}\nactual   {actual?.ToJsonString()}");
}
