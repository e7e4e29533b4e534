using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Page;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>The binding for Monaco in Chromium, with Monaco as npm installs it.</summary>
[Collection(InstalledPackage.Name)]
public sealed class MonacoTests(NpmConsumer consumer, BrowserFixture browser)
{
    private const string GetToken = """
        async userId => {
          const headers = { 'Content-Type': 'application/json' };
          const answer = await fetch('/dev/token', { method: 'POST', headers, body: JSON.stringify({ userId, userName: userId }) });
          return (await answer.json()).token;
        }
        """;

    private const string EditAtRandom = """
        seed => {
          const next = below => (seed = (seed * 48271) % 2147483647) % below;
          for (let step = 0; step < 40; step++) {
            const model = monaco.getModel();
            const from = next(model.getValueLength() + 1);
            const [start, end] = [from, Math.min(model.getValueLength(), from + next(3))].map(offset => model.getPositionAt(offset));
            const range = { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column };
            monaco.executeEdits('test', [{ range, text: ['', 'x', 'yz', '\n', '😀'][next(5)] }]);
            if (next(4) === 0) notes.undo();
          }
        }
        """;

    private static readonly PageWaitForFunctionOptions Patiently = new() { Timeout = (float)Patience.Limit.TotalMilliseconds };

    [Fact]
    public async Task TwoPages_TypingAndUndoing_ShowTheSameTextWithItsLineEnds()
    {
        var bundle = await consumer.BundleAsync("monaco");
        var ada = await OpenAsync("ada", "monaco", bundle);
        var bob = await OpenAsync("bob", "monaco", bundle);

        await ada.Keyboard.PressAsync("Control+End");
        await Task.WhenAll(ada.Keyboard.InsertTextAsync("mine"), bob.Keyboard.TypeAsync("theirs "));
        await ExpectTextAsync(ada, "theirs one\r\ntwo\nmine");
        await ExpectTextAsync(bob, "theirs one\r\ntwo\nmine");
        await ada.WaitForFunctionAsync("[...document.querySelectorAll('.rc-caret')].some(caret => caret.textContent === 'bob')", arg: null, Patiently);

        await ada.Keyboard.PressAsync("Control+z");
        await ExpectTextAsync(bob, "theirs one\r\ntwo\n");
        await ada.Keyboard.PressAsync("Control+y");
        await ExpectTextAsync(bob, "theirs one\r\ntwo\nmine");
        await ada.Context.CloseAsync();
        await bob.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoPages_EditingAtRandom_Agree()
    {
        var bundle = await consumer.BundleAsync("monaco");
        var ada = await OpenAsync("ada", "monaco-random", bundle);
        var bob = await OpenAsync("bob", "monaco-random", bundle);

        for (var round = 1; round <= 5; round++)
            await Task.WhenAll(ada.EvaluateAsync(EditAtRandom, round), bob.EvaluateAsync(EditAtRandom, 1000 + round));

        await ada.WaitForFunctionAsync("!notes.hasUnsavedEdits", arg: null, Patiently);
        await bob.WaitForFunctionAsync("!notes.hasUnsavedEdits", arg: null, Patiently);
        var late = await OpenAsync("carol", "monaco-random", bundle);
        var document = await late.EvaluateAsync<string>("notes.text");
        await ExpectTextAsync(ada, document);
        await ExpectTextAsync(bob, document);
        await ada.Context.CloseAsync();
        await bob.Context.CloseAsync();
        await late.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string userId, string documentId, string bundle)
    {
        var page = await browser.OpenEmptyAsync();
        var token = await page.EvaluateAsync<string>(GetToken, userId);
        await page.EvaluateAsync("hash => { location.hash = hash; document.body.innerHTML = ''; }", $"token={token}&documentId={documentId}");
        await page.AddStyleTagAsync(new() { Path = consumer.PathOf("monaco-editor", "min", "vs", "editor", "editor.main.css") });
        await page.AddScriptTagAsync(new() { Path = bundle, Type = "module" });
        await page.WaitForFunctionAsync("document.title === 'ready'", arg: null, Patiently);
        return page;
    }

    /// <summary>Waits until the document is this one, and the editor shows it with its own line ends.</summary>
    private static async Task ExpectTextAsync(IPage page, string text) =>
        await page.WaitForFunctionAsync(
            "text => notes.text === text && monaco.getModel().getValue() === text.replace(/\\r\\n?/g, '\\n')", text, Patiently);
}
