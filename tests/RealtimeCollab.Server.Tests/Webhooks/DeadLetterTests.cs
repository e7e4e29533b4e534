using System.Net;
using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Server.Tests.Telemetry;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>Events that were given up, as administrators work on them.</summary>
public sealed class DeadLetterTests
{
    private static readonly (string Name, string Value)[] Creations = [.. WebhookApp.Quick, ("Endpoints:crm:Events:0", "document.created")];

    [Fact]
    public async Task EventOfAReceiverThatIsGone_IsADeadLetterAtOnce_AndDeliveredAgainWhenAskedFor()
    {
        var status = 410;
        await using var receiver = await WebhookReceiver.StartAsync(_ => Volatile.Read(ref status));
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, Creations));
        using var measurements = new Measurements(app);
        await app.CreateDocumentAsync("notes");
        var admin = await app.AdministratorAsync();

        var letter = Assert.Single(await admin.DeadLettersAsync(1))!.AsObject();
        Assert.Equal(("crm", "document.created", "notes", 1, "status 410"), (
            (string?)letter["endpoint"], (string?)letter["type"], (string?)letter["subjectId"], (int)letter["attempts"]!, (string?)letter["failure"]));
        Assert.Equal(Assert.Single(receiver.Requests).Id, (string?)letter["eventId"]);
        await WebhookApp.UntilAsync(() => measurements.Of("realtimecollab.webhooks.dead", "crm") is [1]);

        Volatile.Write(ref status, 200);
        Assert.Equal(1, await CountAsync(admin, "redeliver", $$"""{"numbers": [{{letter["number"]}}]}"""));
        var taken = Assert.Single(await receiver.TakeAsync(events => events.Count > 0));

        Assert.Equal((string?)letter["eventId"], taken.Id);
        Assert.Empty(await admin.DeadLettersAsync(0));
    }

    [Fact]
    public async Task DeadLetters_OfAnEndpoint_AreDroppedTogether()
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => 410);
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, Creations));
        await using var ada = await app.EditAsync("ada", "one", "two", "three");
        var admin = await app.AdministratorAsync();
        var letters = await admin.DeadLettersAsync(3);

        var (_, page) = await admin.SendAsync(HttpMethod.Get, $"/api/webhooks/dead-letters?endpoint=crm&after={letters[0]!["number"]}&limit=1");
        Assert.Equal((long)letters[1]!["number"]!, (long)Assert.Single(page["deadLetters"]!.AsArray())!["number"]!);
        Assert.Equal(0, await CountAsync(admin, "drop", """{"endpoint": "another"}"""));
        Assert.Equal(3, await CountAsync(admin, "drop", """{"endpoint": "crm"}"""));
        Assert.Empty(await admin.DeadLettersAsync(0));
    }

    [Theory]
    [InlineData("GET", "?limit=0", null)]
    [InlineData("GET", "?limit=201", null)]
    [InlineData("GET", "?limit=many", null)]
    [InlineData("GET", "?after=-1", null)]
    [InlineData("GET", "?endpoint=%00", null)]
    [InlineData("POST", "/drop", """{"endpoint": "a\u0000"}""")]
    [InlineData("POST", "/redeliver", "{}")]
    [InlineData("POST", "/drop", "{}")]
    [InlineData("POST", "/drop", """{"numbers": ["all"]}""")]
    [InlineData("POST", "/drop", "all")]
    public async Task Request_ThatIsWrong_IsRefused(string method, string address, string? body)
    {
        await using var app = await TestApp.StartAsync();

        var (status, problem) = await (await app.AdministratorAsync()).SendAsync(new HttpMethod(method), "/api/webhooks/dead-letters" + address, body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (status, (string?)problem["code"]));
    }

    private static async Task<int> CountAsync(ApiClient admin, string what, string body)
    {
        var (status, answer) = await admin.SendAsync(HttpMethod.Post, $"/api/webhooks/dead-letters/{what}", body);
        Assert.Equal(HttpStatusCode.OK, status);
        return (int)answer["count"]!;
    }
}
