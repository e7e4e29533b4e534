using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>One Chromium for all tests of the page, and one server.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private ListeningProcess? _server;

    /// <summary>The server's data, and the key of its tokens.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("realtimecollab-page-").FullName;

    /// <summary>Where the server is; another place after <see cref="CrashServerAsync"/>.</summary>
    public Uri Address => (_server ?? throw new InvalidOperationException("The server is not running.")).Address;

    private static string ExecutablePath => Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(ExecutablePath))
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = ExecutablePath, Args = Flags });
        _server = await EditorProcess.StartAsync(DataFolder);
    }

    /// <summary>A window of its own, as of another person, on a document.</summary>
    /// <param name="userName">What the person tells the name prompt.</param>
    /// <param name="documentId">The document; its address is below the server's.</param>
    /// <param name="through">A proxy to go through, in place of the server itself.</param>
    internal async Task<EditorPage> OpenAsync(string userName, string documentId, Uri? through = null)
    {
        var opened = new EditorPage(await OpenPageAsync(userName, new Uri(through ?? Address, $"/d/{documentId}")));
        await opened.ExpectStateAsync("synchronized");
        return opened;
    }

    /// <summary>The same on a document of rich text.</summary>
    internal async Task<RichEditorPage> OpenRichAsync(string userName, string documentId, Uri? through = null)
    {
        var opened = new RichEditorPage(await OpenPageAsync(userName, new Uri(through ?? Address, $"/r/{documentId}")));
        await opened.ExpectReadyAsync();
        return opened;
    }

    /// <summary>A page of any server.</summary>
    internal async Task<IPage> OpenAddressAsync(Uri address, ColorScheme colors = ColorScheme.Light)
    {
        var page = await (await Browser().NewContextAsync(new BrowserNewContextOptions { ColorScheme = colors })).NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>An empty page from the server.</summary>
    internal async Task<IPage> OpenEmptyAsync()
    {
        var page = await (await Browser().NewContextAsync()).NewPageAsync();
        await page.GotoAsync(new Uri(Address, "/health/live").ToString());
        return page;
    }

    /// <summary>Kills the server, and starts it again over the same data.</summary>
    internal async Task CrashServerAsync()
    {
        await _server!.DisposeAsync();
        _server = await EditorProcess.StartAsync(DataFolder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    private async Task<IPage> OpenPageAsync(string userName, Uri address)
    {
        var context = await Browser().NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        await page.FillAsync("#name", userName);
        await page.ClickAsync("#welcome button");
        return page;
    }

    private IBrowser Browser()
    {
        if (_browser is not null)
            return _browser;
        var reason = $"There is no Chromium at {ExecutablePath}; install it, or set CHROMIUM_PATH.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(reason);
        Assert.Skip(reason);
        throw new InvalidOperationException(reason);
    }
}
