using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Docs;

/// <summary>What docs/protocol.md shows is what happens.</summary>
public sealed class ProtocolPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("docs", "protocol.md"));

    public static TheoryData<int> Lines => [.. Transcript.ReadAll(Page).Select(transcript => transcript.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Transcript_OfThePage_HappensAsItStands(int line)
    {
        var transcript = Transcript.ReadAll(Page).Single(one => one.Line == line);
        await using var app = await TestApp.StartAsync();
        var clients = new Dictionary<string, RawHubClient>(StringComparer.Ordinal);
        var answers = new Dictionary<string, Task<JsonNode?>>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var written in transcript.Steps)
        {
            var step = written with { Rest = names.OrderByDescending(name => name.Key.Length).Aggregate(written.Rest, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal)) };
            switch (step.Kind)
            {
                case " connects":
                    clients.Add(step.Who, await RawHubClient.ConnectAsync(app.Address, await app.GetTokenAsync(step.Who), step.Query, hub: step.Hub));
                    break;
                case " disconnects":
                    await clients[step.Who].DisposeAsync();
                    break;
                case ">":
                    answers[step.Who] = clients[step.Who].InvokeJsonAsync(step.Name, step.Argument);
                    // the next line of a transcript happens after this one
                    await Task.WhenAny(answers[step.Who]);
                    break;
                case "<":
                    AssertFits(step.Rest, await answers[step.Who]);
                    JsonPattern.Name(JsonNode.Parse(step.Rest), await answers[step.Who], names);
                    break;
                case "!":
                    Assert.Equal(step.Rest, (await Assert.ThrowsAsync<HubCallException>(() => answers[step.Who])).Code);
                    break;
                default:
                    await AssertReceivesAsync(clients[step.Who], step);
                    break;
            }
        }

        foreach (var client in clients.Values)
            await client.DisposeAsync();
    }

    [Fact]
    public void Transcripts_OfThePage_ShowEveryMethodAndCallback()
    {
        var steps = Transcript.ReadAll(Page).SelectMany(transcript => transcript.Steps).ToList();
        var shown = steps.Where(step => step.Kind is ">" or "*").Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "StartEditing", "Subscribe", "SubmitOperation", "UpdateSelection", "GetOperations", "Heartbeat",
                "Welcome", "OperationsApplied", "SelectionsChanged", "UserJoined", "SessionInfo", "Error",
                "SetStatus", "Watch", "Unwatch", "GetPresence", "PresenceChanged", "UserOnline", "UserOffline",
                "JoinRoom", "LeaveRoom", "SendMessage", "EditMessage", "DeleteMessage", "SetReaction", "SetTyping", "MarkRead", "GetMessages",
                "GetNotifications", "AcknowledgeNotifications", "CreateRoom", "OpenDirectRoom", "SetRoomMember", "GetRooms",
                "MessageReceived", "MessageEdited", "MessageDeleted", "ReactionsChanged", "TypingChanged", "ReadChanged", "Mentioned",
            },
            shown);
    }

    [Fact]
    public void Page_NamesEveryErrorCode()
    {
        var codes = typeof(RealtimeCollab.Protocol.ErrorCodes).GetFields().Select(field => (string)field.GetValue(null)!);
        Assert.All(codes, code => Assert.Contains(Page, line => line.StartsWith($"| `{code}` |", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 2}""")]
    [InlineData("""{"a": "*"}""", "{}")]
    [InlineData("{}", """{"a": 1}""")]
    [InlineData("""["*"]""", "[1, 2]")]
    public void Pattern_OfAnotherValue_DoesNotFit(string pattern, string actual) =>
        Assert.False(JsonPattern.Fits(JsonNode.Parse(pattern), JsonNode.Parse(actual)));

    [Fact]
    public void Line_OfNoKnownForm_IsRefused() =>
        Assert.Throws<FormatException>(() => Transcript.ReadAll(["```transcript", "ada ? what", "```"]));

    private static void AssertFits(string pattern, JsonNode? actual)
    {
        if (!JsonPattern.Fits(JsonNode.Parse(pattern), actual))
            Assert.Equal(pattern, actual?.ToJsonString(JsonSerializerOptions.Web));
    }

    private static async Task AssertReceivesAsync(RawHubClient client, TranscriptStep step)
    {
        try
        {
            await client.NextAsync(step.Name, message => JsonPattern.Fits(JsonNode.Parse(step.Argument), message));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{step.Name} {step.Argument}\ndid not come, but\n{string.Join('\n', client.Received(step.Name).Select(message => message.ToJsonString()))}");
        }
    }
}
