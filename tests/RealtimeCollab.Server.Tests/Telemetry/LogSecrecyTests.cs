using System.Net;
using System.Text.Json.Nodes;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Telemetry;

/// <summary>Whatever happens, and however much is logged, what people write and what they prove themselves by is not in it.</summary>
public sealed class LogSecrecyTests
{
    private const string Secret = "sesame";

    [Fact]
    public async Task Logs_OfAllThatHappens_HoldNoTextAndNoToken()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            // as an application does that has a rule for its console
            Settings = new Dictionary<string, string>(new TestAppOptions().Settings, StringComparer.Ordinal)
            {
                [$"Logging:{typeof(LogCollector).FullName}:LogLevel:Default"] = "Trace",
                [$"Logging:{typeof(LogCollector).FullName}:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            },
        });
        var tokens = new List<string>();
        foreach (var protocol in new[] { HubProtocolChoice.Json, HubProtocolChoice.MessagePack })
        {
            await using var client = await app.StartClientAsync("alice", placement: AccessTokenPlacement.Query, protocol: protocol);
            var document = await client.EditAsync("d");
            document.Insert(0, Secret);
            await document.SettleAsync();
        }

        await using (var alice = await app.ConnectAsync("alice"))
        {
            await alice.InvokeAsync("StartEditing", new { documentId = "e", initialText = Secret });
            await alice.InvokeRefusedAsync("SubmitOperation", Requests.Submit("e", 1, new JsonArray(99, Secret)));
            await alice.InvokeJsonRefusedAsync("SubmitOperation", $$"""{"documentId":"e","operationId":"1","baseRevision":1,"operation":[{"{{Secret}}":1}]}""");
            await alice.InvokeJsonRefusedAsync("SubmitOperation", $$"""{"documentId":"e","operationId":"1","baseRevision":"{{Secret}}","operation":["{{Secret}}"]}""");
            await alice.InvokeAsync("UpdateSelection", new { documentId = "e", revision = 1 });
            await alice.SendFrameAsync("{\"" + Secret);
            await alice.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        }

        await using (var chatter = await app.JoinAsync("bob", "d"))
        {
            await chatter.SayAsync("d", Secret, "m", "alice");
            await chatter.InvokeRefusedAsync("SendMessage", new { roomId = "d", clientMessageId = "n", content = Secret + "\u0000" });
            await chatter.InvokeRefusedAsync("SendMessage", new { roomId = "d", clientMessageId = "o", content = Secret, replyTo = "nothing" });
        }

        await using (var present = await app.ConnectAsync("carol", hub: "presence"))
            await present.InvokeAsync("SetStatus", new { status = "busy", text = Secret });

        var forged = (await app.GetTokenAsync("mallory"))[..^4] + "AAAA";
        using (var refused = await app.Http.PostAsync($"/hubs/document/negotiate?access_token={forged}", content: null, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await app.StopServerAsync();

        tokens.Add(forged);
        // every token of this server begins in one way, up to the claims
        tokens.Add(forged[..(forged.IndexOf('.', StringComparison.Ordinal) + 8)]);
        Assert.Contains(app.Logs.Lines, line => line.EventId == ServerEventIds.DrainEnded);
        foreach (var line in app.Logs.Lines)
        {
            Assert.False(line.Text.Contains(Secret, StringComparison.Ordinal), $"{line.Category} logged text: {line.Text}");
            Assert.False(tokens.Exists(token => line.Text.Contains(token, StringComparison.Ordinal)), $"{line.Category} logged a token: {line.Text}");
        }
    }
}
