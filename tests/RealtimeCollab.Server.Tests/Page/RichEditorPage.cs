using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>What a person sees and does in one window of the WebEditor on rich text.</summary>
internal sealed class RichEditorPage(IPage page) : IAsyncDisposable
{
    private const string ReadHtml = "document.querySelector('#editor .ql-editor').innerHTML";

    /// <summary>Counts the frames that the page draws, by the state that it shows then and the length of the text.</summary>
    private const string CountFrames = """
        () => {
          window.frames = {};
          const count = () => {
            const text = document.querySelector('#editor .ql-editor').textContent;
            const shown = `${document.querySelector('#status').dataset.state} ${text.length}`;
            window.frames[shown] = (window.frames[shown] ?? 0) + 1;
            requestAnimationFrame(count);
          };
          requestAnimationFrame(count);
        }
        """;

    private const string ReadText = "document.querySelector('#editor .ql-editor').innerText";

    private static readonly float Limit = (float)Patience.Limit.TotalMilliseconds;

    private ILocator Past => page.Locator("#past");

    public Task<string> GetHtmlAsync() => page.EvaluateAsync<string>(ReadHtml);

    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    /// <summary>Enters text at once, as a paste does; typed on a slow machine it would be several steps of undo.</summary>
    public Task InsertAsync(string text) => page.Keyboard.InsertTextAsync(text);

    public Task PressAsync(string keys) => page.Keyboard.PressAsync(keys);

    /// <summary>Selects a part of the first line, by keys.</summary>
    public async Task SelectAsync(int start, int length)
    {
        await PressAsync("Control+Home");
        for (var i = 0; i < start; i++)
            await PressAsync("ArrowRight");
        for (var i = 0; i < length; i++)
            await PressAsync("Shift+ArrowRight");
    }

    public Task ClickToolAsync(string selector) => page.Locator($".ql-toolbar {selector}").ClickAsync();

    public async Task ExpectReadyAsync()
    {
        await ExpectSavedAsync();
        await page.WaitForFunctionAsync("document.querySelector('#editor .ql-editor')?.contentEditable === 'true'", arg: null, new() { Timeout = Limit });
    }

    public Task ExpectSavedAsync() =>
        Assertions.Expect(page.Locator("#status")).ToHaveAttributeAsync("data-state", "synchronized", new() { Timeout = Limit });

    public Task ExpectHtmlAsync(string html) =>
        page.WaitForFunctionAsync($"html => {ReadHtml} === html", html, new() { Timeout = Limit });

    public Task ExpectTextAsync(string text) =>
        page.WaitForFunctionAsync($"text => {ReadText} === text", text, new() { Timeout = Limit });

    public Task ExpectLengthAsync(int length) =>
        page.WaitForFunctionAsync($"length => document.querySelector('#editor .ql-editor').textContent.length === length", length, new() { Timeout = Limit });

    public Task CountFramesAsync() => page.EvaluateAsync(CountFrames);

    /// <summary>Waits until the page has drawn so many frames with this state and length.</summary>
    public Task ExpectFramesAsync(int count, string state, int length) =>
        page.WaitForFunctionAsync("([count, shown]) => window.frames[shown] >= count", new object[] { count, $"{state} {length}" }, new() { Timeout = Limit });

    /// <summary>Waits until somebody's caret stands at a place of the first line, counted from 0, to within two pixels.</summary>
    public Task ExpectCaretOfOtherAsync(string userName, int column) =>
        page.WaitForFunctionAsync(
            """
            ([name, column]) => {
              const caret = [...document.querySelectorAll('.rc-caret')].find(one => one.textContent === name);
              const walker = document.createTreeWalker(document.querySelector('.ql-editor'), NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(), rest = column; node && caret; node = walker.nextNode()) {
                if (rest > node.length) { rest -= node.length; continue; }
                const range = document.createRange();
                range.setStart(node, rest);
                range.collapse(true);
                const place = range.getBoundingClientRect();
                const { left, top, bottom } = caret.getBoundingClientRect();
                return Math.abs(left + 1 - place.left) <= 2 && top <= place.bottom && bottom >= place.top;
              }
              return false;
            }
            """,
            new object[] { userName, column },
            new() { Timeout = Limit });

    public Task OpenHistoryAsync() => page.Locator("#history").ClickAsync();

    public Task MoveSliderAsync(int revision) => Past.Locator("#past-revision").FillAsync($"{revision}");

    public async Task ExpectPreviewAsync(int revision, string text)
    {
        var preview = Past.Locator("#past-preview");
        await Assertions.Expect(preview).ToHaveAttributeAsync("data-revision", $"{revision}", new() { Timeout = Limit });
        await Assertions.Expect(preview).ToHaveTextAsync(text, new() { Timeout = Limit });
    }

    public async Task NameRevisionAsync(string name)
    {
        await Past.Locator("#past-name input").FillAsync(name);
        await Past.Locator("#past-name button").ClickAsync();
    }

    public Task ExpectVersionsAsync(params string[] names) =>
        Assertions.Expect(Past.Locator(".version")).ToHaveTextAsync(names, new() { Timeout = Limit });

    public Task ChooseVersionAsync(string name) => Past.Locator(".version", new() { HasText = name }).ClickAsync();

    public Task RestoreAsync() => Past.Locator("#past-restore").ClickAsync();

    public ValueTask DisposeAsync() => new(page.Context.CloseAsync());
}
