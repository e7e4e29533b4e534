using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Page;
using RealtimeCollab.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RealtimeCollab.Server.Tests.Host;

/// <summary>The page for operators, in Chromium.</summary>
public sealed class StatusPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>In all charts together.</summary>
    private const int Lines = 12;

    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = (float)Patience.Limit.TotalMilliseconds };

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_InDevelopment_ShowsWhatHappens(ColorScheme colors)
    {
        await using var host = await HostProcess.StartAsync();
        await using var alice = await RawHubClient.ConnectAsync(host.Address, await host.GetTokenAsync("alice"));
        await alice.NextAsync("Welcome");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        var page = await browser.OpenAddressAsync(new Uri(host.Address, "/status"), colors);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await Expect(page.Locator("#state")).ToContainTextAsync("running", Soon);
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Connections1", Soon);
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Open documents1", Soon);
        for (var i = 0; i < 20; i++)
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", i, new System.Text.Json.Nodes.JsonArray("x")));
        await Expect(page.Locator("#tiles")).ToContainTextAsync(" ms", Soon);
        await Expect(page.Locator("figure path[d*=L]")).ToHaveCountAsync(Lines, new LocatorAssertionsToHaveCountOptions { Timeout = Soon.Timeout });
        await alice.InvokeRefusedAsync("Subscribe", new { documentId = "nowhere" });
        await Expect(page.Locator("#refusals")).ToContainTextAsync("document_not_found 1", Soon);
        Assert.Empty(errors);
        if (Environment.GetEnvironmentVariable("STATUS_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"status-{colors}.png"), FullPage = true });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_InProduction_WantsTheTokenOfAnAdministrator()
    {
        await using var host = await HostProcess.StartInProductionAsync();
        var page = await browser.OpenAddressAsync(new Uri(host.Address, "/status"));
        await Expect(page.Locator("#sign-in")).ToBeVisibleAsync();
        await page.FillAsync("#token", "no token at all");
        await page.ClickAsync("#sign-in button");
        await Expect(page.Locator("#state")).ToContainTextAsync("not valid", Soon);
        await page.FillAsync("#token", await host.GetTokenAsync("alice"));
        await page.ClickAsync("#sign-in button");
        await Expect(page.Locator("#state")).ToContainTextAsync("no administrator", Soon);
        await Expect(page.Locator("#board")).ToBeHiddenAsync();
        await page.FillAsync("#token", await host.GetTokenAsync("root", "admin"));
        await page.ClickAsync("#sign-in button");
        await Expect(page.Locator("#state")).ToContainTextAsync("running", Soon);
        await page.Context.CloseAsync();
    }
}
