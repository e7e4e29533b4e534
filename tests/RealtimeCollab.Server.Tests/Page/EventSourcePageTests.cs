using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>A browser's own EventSource, with no library of ours in the page.</summary>
public sealed class EventSourcePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Follow = """
        (address) => {
          window.seen = [];
          window.opened = 0;
          const events = new EventSource(address);
          events.onopen = () => window.opened++;
          for (const name of ['snapshot', 'remote_operation'])
            events.addEventListener(name, (event) => window.seen.push(`${name} ${event.lastEventId} ${JSON.parse(event.data).revision}`));
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EventSource_ThroughTheDeathOfTheServer_SeesEachRevisionOnce()
    {
        var page = await browser.OpenEmptyAsync();
        await using var proxy = new CuttingProxy(browser.Address);
        await page.GotoAsync(new Uri(proxy.Address, "/health/live").ToString());
        await using (var ada = await ConnectAsync())
        {
            await ada.InvokeAsync("StartEditing", new { documentId = "followed", initialText = "Hello" });
            var snapshot = await ada.InvokeAsync("Subscribe", new { documentId = "followed", useSse = true });
            await page.EvaluateAsync(Follow, (string)snapshot!["eventsUrl"]!);
            await WriteAsync(ada, from: 1, to: 4);
            await ExpectAsync(page, upTo: 4);
            // nobody will say whether this one was seen: the page asks for what it lacks
            await WriteAsync(ada, from: 4, to: 5);
        }

        await browser.CrashServerAsync();
        await using var back = await ConnectAsync();
        await back.InvokeAsync("StartEditing", new { documentId = "followed" });
        await WriteAsync(back, from: 5, to: 8);
        proxy.Server = browser.Address;
        await ExpectAsync(page, upTo: 8);
        await WriteAsync(back, from: 8, to: 10);
        await ExpectAsync(page, upTo: 10);

        Assert.Equal(Enumerable.Range(2, 9).Select(id => $"remote_operation {id} {id}"), await page.EvaluateAsync<string[]>("window.seen"));
        Assert.True(await page.EvaluateAsync<int>("window.opened") >= 2, "The EventSource was to come back by itself.");
    }

    private async Task<RawHubClient> ConnectAsync()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        using var answer = await http.PostAsJsonAsync("/dev/token", new { userId = "ada", userName = "Ada" }, Cancellation);
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["token"]!;
        var client = await RawHubClient.ConnectAsync(browser.Address, token);
        await client.NextAsync("Welcome");
        return client;
    }

    private static async Task WriteAsync(RawHubClient client, int from, int to)
    {
        for (var revision = from; revision < to; revision++)
            await client.InvokeAsync("SubmitOperation", Requests.Submit("followed", revision, new JsonArray("x")));
    }

    private static Task<IJSHandle> ExpectAsync(IPage page, int upTo) => page.WaitForFunctionAsync(
        "(last) => window.seen.some((event) => event.endsWith(` ${last}`))", upTo, new PageWaitForFunctionOptions { Timeout = (float)Patience.Limit.TotalMilliseconds });
}
