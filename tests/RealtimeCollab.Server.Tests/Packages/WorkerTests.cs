using System.Text.Json;
using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Page;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The npm package in a web worker of Chromium.</summary>
[Collection(InstalledPackage.Name)]
public sealed class WorkerTests(NpmConsumer consumer, BrowserFixture browser)
{
    private const string RunWorker = """
        documentId => new Promise((resolve, reject) => {
          const headers = { 'Content-Type': 'application/json' };
          const asking = fetch('/dev/token', { method: 'POST', headers, body: '{"userId":"worker","userName":"Worker"}' });
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          asking.then(answer => answer.json()).then(({ token }) => worker.postMessage({ url: location.origin, token, documentId }));
        })
        """;

    [Fact]
    public async Task Worker_EditingADocument_IsSeenInAPage()
    {
        var bundle = await consumer.BundleAsync("worker");
        await using var ada = await browser.OpenAsync("Ada", "worker");
        var page = await browser.OpenEmptyAsync();
        await page.RouteAsync("**/worker.js", route => route.FulfillAsync(new RouteFulfillOptions { Path = bundle, ContentType = "text/javascript" }));

        var result = await page.EvaluateAsync<JsonElement>(RunWorker, "worker").WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        Assert.True(result.GetProperty("isWorker").GetBoolean());
        Assert.Equal("from a worker", result.GetProperty("text").GetString());
        await ada.ExpectTextAsync("from a worker");
        await page.Context.CloseAsync();
    }
}
