using RealtimeCollab.Server.Tests.Chat;
using RealtimeCollab.Server.Tests.Host;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>A server that is killed with SIGKILL tells afterwards what it acknowledged before.</summary>
public sealed class KilledServerTests
{
    private const int Rounds = 3;

    [Fact]
    public async Task EverythingAcknowledged_BeforeTheServerIsKilled_IsTold()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await HostProcess.StartAsync(
            [.. WebhookApp.Of([("crm", receiver.Url)], [("QuietTime", "00:00:01"), ("AttemptTimeout", "00:00:01")])
                .Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))]);
        for (var round = 0; round < Rounds; round++)
        {
            var documentId = $"doc-{round}";
            await using (var ada = await RawHubClient.ConnectAsync(host.Address, await host.GetTokenAsync("ada")))
            await using (var chat = await RawHubClient.ConnectAsync(host.Address, await host.GetTokenAsync("ada"), hub: "chat"))
            {
                await ada.InvokeAsync("StartEditing", new { documentId });
                await chat.InvokeAsync("JoinRoom", new { roomId = documentId });
                await chat.SayAsync(documentId, "hello", id: null, "grace");
                await ada.TypeAsync(documentId, 0, letters: 5);
                await host.RestartAsync();
            }
        }

        var taken = await receiver.TakeAsync(events => Enumerable.Range(0, Rounds).All(round =>
            IsTold(events, "document.created", round) && IsTold(events, "user.mentioned", round)
            && events.Any(one => one.Type == "document.changed" && one.DocumentId == $"doc-{round}" && one.Revision == 5)));

        Assert.All(taken, one => Assert.True(one.IsSignedWith(WebhookReceiver.Secret)));
    }

    private static bool IsTold(IEnumerable<ReceivedEvent> events, string type, int round) =>
        events.Any(one => one.Type == type && one.DocumentId == $"doc-{round}");
}
