using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Faults;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Tests.Telemetry;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>What a server tells an application, over real sockets.</summary>
public sealed class WebhookTests
{
    private const int Documents = 12;

    [Fact]
    public async Task Events_ForAReceiverThatFailsHalfOfTheTime_AllArriveSigned_WithOneIdEach()
    {
        var seed = Flood.ChooseSeed();
        TestContext.Current.TestOutputHelper?.WriteLine($"FAULT_SEED={seed}");
        var chance = new Random(seed);
        await using var receiver = await WebhookReceiver.StartAsync(_ => { lock (chance) return chance.Next(2) == 0 ? 500 : 204; });
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, WebhookApp.Quick));
        string[] ids = [.. Enumerable.Range(0, Documents).Select(number => $"doc-{number}")];
        await using var ada = await app.EditAsync("ada", ids);
        foreach (var id in ids)
            await ada.TypeAsync(id, 0, letters: 3);

        await receiver.TakeAsync(taken => ids.All(id =>
            taken.Any(one => one.Type == "document.created" && one.DocumentId == id)
            && taken.Any(one => one.Type == "document.changed" && one.DocumentId == id && one.Revision == 3)));

        Assert.Contains(receiver.Requests.GroupBy(request => request.Id), same => same.Count() > 1);
        Assert.All(receiver.Requests, request => Assert.True(request.IsSignedWith(WebhookReceiver.Secret)));
        Assert.All(receiver.Requests.GroupBy(request => request.Id), same => Assert.Single(same.Select(request => request.Body.ToJsonString()).Distinct()));
        Assert.Equal(Documents, receiver.Taken.Where(one => one.Type == "document.created").Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task Events_OfAllKinds_SayWhatHappened_WithoutText()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, WebhookApp.Quick));
        var api = await ApiClient.OfAsync(app, "ada");
        await using (var ada = await app.EditAsync("ada", "notes"))
            await ada.TypeAsync("notes", 0, letters: 2);
        await api.CallAsync("notes/restore", """{"revision": 1}""");
        await using (var chat = await app.JoinAsync("ada", "notes"))
            await chat.SayAsync("notes", "a secret for grace", id: null, "grace");
        await receiver.TakeAsync(events => events.Any(one => one.Type == "document.changed" && one.Revision == 3));
        await api.SendAsync(HttpMethod.Delete, "/api/documents/notes");

        var taken = await receiver.TakeAsync(events => events.Select(one => one.Type).Distinct().Count() == 5);

        AssertData(taken, "document.created", """{"documentId":"notes","revision":0,"userId":"ada"}""");
        AssertData(taken, "document.restored", """{"documentId":"notes","revision":3,"restoredRevision":1,"userId":"ada"}""");
        AssertData(taken, "document.deleted", """{"documentId":"notes","revision":4,"userId":"ada"}""");
        var mention = taken.Single(one => one.Type == "user.mentioned").Data;
        Assert.Matches("^.+$", (string)mention["messageId"]!);
        mention.Remove("messageId");
        Assert.Equal("""{"documentId":"notes","roomId":"notes","userId":"ada","mentionedUserId":"grace","sequence":1}""", mention.ToJsonString());
        Assert.All(taken, one => Assert.Equal(one.Id, (string?)one.Body["id"]));
        Assert.DoesNotContain(taken, one => one.Body.ToJsonString().Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("in-the-address", StringComparison.Ordinal) || line.Text.Contains("whsec_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_IsToldOfWhatItAskedFor_AndSignedWithBothSecrets()
    {
        const string Other = "whsec_b3RoZXItc2VjcmV0LW90aGVyLXNlY3JldC1vdGhlcg==";
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(
            receiver, [.. WebhookApp.Quick, ("Endpoints:crm:Events:0", "document.changed"), ("Endpoints:crm:OtherSecret", Other)]));
        await using var ada = await app.EditAsync("ada", "notes");
        await ada.TypeAsync("notes", 0);

        var changed = Assert.Single(await receiver.TakeAsync(taken => taken.Count > 0));

        Assert.Equal("document.changed", changed.Type);
        Assert.True(changed.IsSignedWith(WebhookReceiver.Secret));
        Assert.True(changed.IsSignedWith(Other));
    }

    [Fact]
    public async Task Deliveries_AreCounted_ByEndpoint()
    {
        var isUp = false;
        await using var receiver = await WebhookReceiver.StartAsync(_ => Volatile.Read(ref isUp) ? 200 : 503);
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, [.. WebhookApp.Quick, ("Endpoints:crm:Events:0", "document.created")]));
        using var measurements = new Measurements(app);
        await app.CreateDocumentAsync("notes");

        await receiver.BeAskedAsync(requests => requests.Count >= 2);
        Volatile.Write(ref isUp, true);
        await receiver.TakeAsync(taken => taken.Count > 0);

        Assert.NotEmpty(measurements.Of("realtimecollab.webhooks.failed", "crm"));
        Assert.Empty(measurements.Of("realtimecollab.webhooks.dead"));
        await WebhookApp.UntilAsync(() => measurements.Of("realtimecollab.webhooks.delivered", "crm") is [1]);
    }

    [Fact]
    public async Task Events_OfADocumentWhoseIdBeginsAsARoomsDoes_NameIt()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, [.. WebhookApp.Quick, ("Endpoints:crm:Events:0", "document.created")]));
        await app.CreateDocumentAsync("~notes");

        var taken = await receiver.TakeAsync(events => events.Count > 0);

        AssertData(taken, "document.created", """{"documentId":"~notes","revision":0,"userId":"ada"}""");
    }

    private static void AssertData(IReadOnlyList<ReceivedEvent> taken, string type, string data) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(data), taken.Single(one => one.Type == type).Data), $"{type}: {taken.Single(one => one.Type == type).Data}");
}
