using System.Text.Json;
using RealtimeCollab.Server.Tests.Page;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The npm package in a web worker of Chromium.</summary>
[Collection(InstalledPackage.Name)]
public sealed class WorkerTests(NpmConsumer consumer, BrowserFixture browser)
{
    private const string RunWorker = """
        ([program, documentId]) => new Promise((resolve, reject) => {
          const headers = { 'Content-Type': 'application/json' };
          const asking = fetch('/dev/token', { method: 'POST', headers, body: '{"userId":"worker","userName":"Worker"}' });
          const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })), { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          asking.then(answer => answer.json()).then(({ token }) => worker.postMessage({ url: location.origin, token, documentId }));
        })
        """;

    [Fact]
    public async Task Worker_EditingADocument_IsSeenInAPage()
    {
        // a script that Playwright answers for, and not a server, may not open a WebSocket to this machine
        var program = await File.ReadAllTextAsync(await consumer.BundleAsync("worker"), TestContext.Current.CancellationToken);
        await using var ada = await browser.OpenAsync("Ada", "worker");
        var page = await browser.OpenEmptyAsync();

        var result = await page.EvaluateAsync<JsonElement>(RunWorker, new[] { program, "worker" }).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        Assert.True(result.GetProperty("isWorker").GetBoolean());
        Assert.Equal("from a worker", result.GetProperty("text").GetString());
        await ada.ExpectTextAsync("from a worker");
        await page.Context.CloseAsync();
    }
}
