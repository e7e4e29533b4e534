using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Protocol.Tests.Golden;

/// <summary>The worked example of docs/protocol.md is what is written and read.</summary>
public sealed class ProtocolPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("docs", "protocol.md"));

    [Fact]
    public void Example_OfThePage_HasTheBytesOfItsMessage()
    {
        var lines = Page.SkipWhile(line => line != "```messagepack").Skip(1).TakeWhile(line => line != "```").ToList();
        var (target, argument) = (lines[0].Split(' ')[0], lines[0][(lines[0].IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var frame = lines.Skip(1).SelectMany(line => Wire.Hex(line.Split("  ")[0])).ToArray();

        var message = HubMessageJson.Read(
            new JsonObject { ["type"] = 1, ["invocationId"] = "7", ["target"] = target, ["arguments"] = new JsonArray(JsonNode.Parse(argument)) }, new TestBinder());
        Assert.Equal(Convert.ToHexString(frame), Convert.ToHexString(Wire.Write(message)));
        Assert.Equal(HubMessageJson.Write(message).ToJsonString(), HubMessageJson.Write(Wire.Read(frame)).ToJsonString());
    }

    [Fact]
    public void Example_InJson_TakesTheBytesThatThePageSays()
    {
        var json = """{"type":1,"invocationId":"7","target":"SubmitOperation","arguments":[{"documentId":"notes","operationId":"a1","baseRevision":1,"operation":[5,"!"]}]}"""u8;
        Assert.Contains($"The same call takes {json.Length + 1} bytes in JSON.", string.Join('\n', Page), StringComparison.Ordinal);
    }
}
