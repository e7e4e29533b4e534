using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Documents;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>The official JavaScript client with its official protocols, against the real server over real sockets.</summary>
public sealed class OfficialClientTests
{
    [Theory]
    [InlineData("json", "messagepack")]
    [InlineData("messagepack", "json")]
    [InlineData("messagepack", "messagepack")]
    public async Task DocumentHub_DrivenByTwo_AnswersEveryMethodAndCallsBackBoth(string adasProtocol, string gracesProtocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await NpmHubClient.ConnectAsync(app, "ada", adasProtocol);
        await using var grace = await NpmHubClient.ConnectAsync(app, "grace", gracesProtocol);

        var created = await ada.InvokeAsync("StartEditing", new { documentId = "d", contentType = "richText", initialText = "Hello 😀" });
        AssertMembers("""{"documentId":"d","contentType":"richText","revision":1,"content":["Hello 😀"],"operations":[],"role":"owner"}""", created);
        var joined = await grace.InvokeAsync("Subscribe", new { documentId = "d" });
        AssertMembers("""{"revision":1,"content":["Hello 😀"],"role":"editor","readOnly":true}""", joined);
        AssertMembers("""{"documentId":"d"}""", await ada.NextAsync("UserJoined"));
        AssertMembers("""{"documentId":"d","readerCount":1,"writerCount":1}""", await grace.NextAsync("SessionInfo"));

        const string operation = """[{"retain":5,"attributes":{"bold":true,"size":1.5}},3,"漢",{"insert":{"image":"a.png"},"attributes":{"wide":false}}]""";
        var saved = await ada.InvokeJsonAsync("SubmitOperation", $$"""{"documentId":"d","operationId":"a1","baseRevision":1,"operation":{{operation}}}""");
        AssertMembers("""{"documentId":"d","operationId":"a1","revision":2}""", saved);
        foreach (var client in new[] { ada, grace })
        {
            var applied = await client.NextAsync("OperationsApplied");
            AssertMembers("""{"documentId":"d","fromRevision":1}""", applied);
            AssertMembers($$"""{"revision":2,"userId":"ada","operationId":"a1","operation":{{operation}}}""", applied["operations"]![0]);
        }

        await ada.InvokeAsync("UpdateSelection", new { documentId = "d", revision = 2, selection = new { ranges = new[] { new { anchor = 1, head = 3 } } } });
        var selections = await grace.NextAsync("SelectionsChanged");
        AssertMembers("""{"clientId":"ada","selection":{"ranges":[{"anchor":1,"head":3}]}}""", selections["selections"]![0]);

        var log = await grace.InvokeAsync("GetOperations", new { documentId = "d", fromRevision = 0 });
        Assert.Equal(2, log!["operations"]!.AsArray().Count);
        AssertMembers("""{"heads":{"d":2}}""", await ada.InvokeAsync("Heartbeat", new { documentIds = new[] { "d" } }));

        Assert.Null(await grace.InvokeAsync("Unsubscribe", new { documentId = "d" }));
        AssertMembers("""{"documentId":"d"}""", await ada.NextAsync("UserLeft"));
        Assert.Null(await ada.InvokeAsync("StopEditing", new { documentId = "d" }));
    }

    [Theory]
    [InlineData("json", "messagepack")]
    [InlineData("messagepack", "messagepack")]
    public async Task ChatHub_DrivenByTwo_AnswersEveryMethodAndCallsBackBoth(string adasProtocol, string gracesProtocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await NpmHubClient.ConnectAsync(app, "ada", adasProtocol, "chat");
        await using var grace = await NpmHubClient.ConnectAsync(app, "grace", gracesProtocol, "chat");

        AssertMembers("""{"roomId":"~tea"}""", await ada.InvokeAsync("CreateRoom", new { roomId = "~tea", name = "Tea 🍵", memberIds = new[] { "grace" } }));
        AssertMembers("""{"roomId":"~tea","messages":[],"lastSequence":0,"unreadCount":0}""", await ada.InvokeAsync("JoinRoom", new { roomId = "~tea" }));
        await grace.InvokeAsync("JoinRoom", new { roomId = "~tea" });

        Assert.Null(await ada.InvokeAsync("SetTyping", new { roomId = "~tea", isTyping = true }));
        AssertMembers("""{"roomId":"~tea","userId":"ada","isTyping":true}""", await grace.NextAsync("TypingChanged"));
        var sent = await ada.InvokeAsync("SendMessage", new { roomId = "~tea", clientMessageId = "m1", content = "Tea? 漢", mentions = new[] { "grace" } });
        AssertMembers("""{"clientMessageId":"m1","sequence":1}""", sent);
        var messageId = (string)sent!["messageId"]!;
        foreach (var client in new[] { ada, grace })
            AssertMembers("""{"roomId":"~tea","sequence":1,"senderId":"ada","content":"Tea? 漢","mentions":["grace"]}""", await client.NextAsync("MessageReceived"));
        AssertMembers("""{"senderId":"ada"}""", (await grace.NextAsync("Mentioned"))["message"]);

        await ada.InvokeAsync("EditMessage", new { roomId = "~tea", messageId, content = "Coffee?" });
        AssertMembers("""{"content":"Coffee?"}""", await grace.NextAsync("MessageEdited"));
        await grace.InvokeAsync("SetReaction", new { roomId = "~tea", messageId, emoji = "👍", isSet = true });
        AssertMembers("""{"emoji":"👍"}""", (await ada.NextAsync("ReactionsChanged"))["reactions"]![0]);
        Assert.Null(await grace.InvokeAsync("MarkRead", new { roomId = "~tea", sequence = 1 }));
        AssertMembers("""{"roomId":"~tea","userId":"grace","sequence":1}""", await ada.NextAsync("ReadChanged"));
        var page = await grace.InvokeAsync("GetMessages", new { roomId = "~tea", afterSequence = 0 });
        AssertMembers("""{"sequence":1,"content":"Coffee?"}""", page!["messages"]![0]);
        AssertMembers($$$"""{"heads":{"~tea":{{{page["lastChange"]}}}}}""", await ada.InvokeAsync("Heartbeat", new { roomIds = new[] { "~tea" } }));

        var told = (await grace.InvokeAsync("GetNotifications", new { limit = 10 }))!["notifications"]![0];
        AssertMembers("""{"type":"mention","roomId":"~tea"}""", told);
        Assert.Null(await grace.InvokeAsync("AcknowledgeNotifications", new { ids = new[] { told!["id"]!.DeepClone() } }));
        await ada.InvokeAsync("DeleteMessage", new { roomId = "~tea", messageId });
        AssertMembers("""{"sequence":1}""", await grace.NextAsync("MessageDeleted"));

        var direct = await ada.InvokeAsync("OpenDirectRoom", new { userId = "grace" });
        Assert.Null(await ada.InvokeAsync("SetRoomMember", new { roomId = "~tea", userId = "carol", role = "viewer" }));
        var rooms = (await ada.InvokeAsync("GetRooms", new { limit = 10 }))!["rooms"]!.AsArray();
        Assert.Equal(["~tea", (string)direct!["roomId"]!], rooms.Select(room => (string)room!["roomId"]!).Order(StringComparer.Ordinal).Reverse());
        Assert.Null(await grace.InvokeAsync("LeaveRoom", new { roomId = "~tea" }));
    }

    [Theory]
    [InlineData("json", "messagepack")]
    [InlineData("messagepack", "messagepack")]
    public async Task PresenceHub_DrivenByTwo_AnswersEveryMethodAndCallsBackBoth(string adasProtocol, string gracesProtocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var grace = await NpmHubClient.ConnectAsync(app, "grace", gracesProtocol, "presence");
        var nobody = await grace.InvokeAsync("Watch", new { userIds = new[] { "ada" } });
        AssertMembers("""{"userId":"ada","status":"offline","devices":[]}""", nobody!["users"]![0]);

        await using (var ada = await NpmHubClient.ConnectAsync(app, "ada", adasProtocol, "presence"))
        {
            AssertMembers("""{"userId":"ada","status":"online"}""", (await grace.NextAsync("UserOnline"))["users"]![0]);
            Assert.Null(await ada.InvokeAsync("SetStatus", new { status = "busy", text = "in a meeting 🗓" }));
            var changed = await grace.NextAsync("PresenceChanged", message => (string?)message["users"]![0]!["status"] == "busy");
            AssertMembers("""{"userId":"ada","text":"in a meeting 🗓"}""", changed["users"]![0]);
            Assert.Equal("ada", (string?)changed["users"]![0]!["devices"]![0]!["clientId"]);
            Assert.Null(await ada.InvokeAsync("Heartbeat", new { active = true }));
            var seen = await ada.InvokeAsync("GetPresence", new { userIds = new[] { "grace", "nobody" } });
            Assert.Equal(["online", "offline"], seen!["users"]!.AsArray().Select(user => (string)user!["status"]!));
        }

        AssertMembers("""{"userId":"ada","status":"offline"}""", (await grace.NextAsync("UserOffline"))["users"]![0]);
        Assert.Null(await grace.InvokeAsync("Unwatch", new { }));
        Assert.Equal("invalid_request", await grace.InvokeJsonRefusedAsync("SetStatus", """{"status":"editing"}"""));
    }

    /// <summary>Its decoder throws at a map with this name, and the connection would be gone.</summary>
    [Theory]
    [InlineData("document", "StartEditing", "documentId")]
    [InlineData("chat", "JoinRoom", "roomId")]
    public async Task Id_ThatTheOfficialDecoderFailsAt_CannotBe(string hub, string method, string member)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await NpmHubClient.ConnectAsync(app, "ada", "messagepack", hub);

        Assert.Equal("invalid_request", await client.InvokeJsonRefusedAsync(method, $$"""{"{{member}}":"__proto__"}"""));

        var answered = await client.InvokeJsonAsync("Heartbeat", $$"""{"{{member}}s":["constructor","toString"]}""");
        Assert.Empty(answered!["heads"]!.AsObject());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task BadInput_OverEitherProtocol_GetsItsCodeAndChangesNothing(string protocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await NpmHubClient.ConnectAsync(app, "alice", protocol);
        await client.InvokeAsync("StartEditing", new { documentId = "d", initialText = BadInput.Text });

        var wrong = new List<string>();
        foreach (var (operation, code, reason) in BadInput.Operations)
        {
            var refused = await client.InvokeJsonRefusedAsync(
                "SubmitOperation", $$"""{"documentId":"d","operationId":"op","baseRevision":1,"operation":{{operation}}}""");
            if (refused != code)
                wrong.Add($"{operation}: {refused}, not {code}");
            if (reason is not null)
                await client.NextAsync("Error", error => (string?)error["details"] == reason);
        }

        foreach (var (method, argument, code) in BadInput.Calls)
        {
            var refused = await client.InvokeJsonRefusedAsync(method, argument);
            if (refused != code)
                wrong.Add($"{method} {argument}: {refused}, not {code}");
        }

        Assert.Empty(wrong);
        AssertMembers($$"""{"content":"{{BadInput.Text}}","revision":1}""", await client.InvokeAsync("Subscribe", new { documentId = "d" }));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Operation_OverTheLimit_IsPayloadTooLarge(string protocol)
    {
        await using var app = await TestApp.StartAsync();
        await using var client = await NpmHubClient.ConnectAsync(app, "alice", protocol);
        await client.InvokeAsync("StartEditing", new { documentId = "d" });

        // two brackets and two quotes make it the limit, or one more
        var largest = Requests.Submit("d", 0, new JsonArray(new string('x', 512 * 1024 - 4)));
        Assert.Equal(1, (long)(await client.InvokeAsync("SubmitOperation", largest))!["revision"]!);
        var tooLarge = Requests.Submit("d", 1, new JsonArray(new string('y', 512 * 1024 - 3)));
        Assert.Equal("payload_too_large", await client.InvokeJsonRefusedAsync("SubmitOperation", tooLarge.ToJsonString()));
    }

    /// <summary>Checks the members that are named, each whole, or for an object its own named members.</summary>
    private static void AssertMembers(string expected, JsonNode? actual)
    {
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            if (value is JsonObject && actual![name] is JsonObject)
                AssertMembers(value.ToJsonString(), actual[name]);
            else
                Assert.True(JsonNode.DeepEquals(value, actual![name]), $"{name}: {actual[name]?.ToJsonString()}, not {value?.ToJsonString()}");
        }
    }
}
