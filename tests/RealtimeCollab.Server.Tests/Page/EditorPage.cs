using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>What a person sees and does in one window of the WebEditor.</summary>
internal sealed class EditorPage(IPage page) : IAsyncDisposable
{
    /// <summary>Whether the browser keeps an edit with this text for later.</summary>
    private const string IsKept = """
        text => new Promise(resolve => {
          const opening = indexedDB.open('realtimecollab');
          opening.onsuccess = () => {
            const reading = opening.result.transaction('edits').objectStore('edits').getAll();
            reading.onsuccess = () => {
              opening.result.close();
              resolve(JSON.stringify(reading.result).includes(text));
            };
          };
        })
        """;

    private const string ReadText = "[...document.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n')";

    private const string CaretPlace = """
        ([line, column]) => {
          const shown = document.querySelectorAll('.cm-line')[line];
          if (!shown) return; // not here yet
          const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(), rest = column; node; node = walker.nextNode()) {
            if (rest > node.length) { rest -= node.length; continue; }
            const range = document.createRange();
            range.setStart(node, rest);
            range.collapse(true);
            const { left, top, bottom } = range.getBoundingClientRect();
            return [left, top, bottom];
          }
        }
        """;

    private static readonly float Limit = (float)Patience.Limit.TotalMilliseconds;

    public ChatPanel Chat { get; } = new(page);

    public Task<string> GetTextAsync() => page.EvaluateAsync<string>(ReadText);

    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    public Task PressAsync(string keys) => page.Keyboard.PressAsync(keys);

    public Task ClickLineAsync(int line) => page.Locator(".cm-line").Nth(line).ClickAsync();

    /// <summary>Waits until the browser keeps what was typed last for later.</summary>
    public Task ExpectKeptAsync(string text) => page.WaitForFunctionAsync(IsKept, text, new() { Timeout = Limit });

    /// <summary>Closes the window, and opens a new one of the same person on the same address.</summary>
    /// <param name="meanwhile">What happens while it is closed.</param>
    public async Task<EditorPage> ReopenAsync(Action meanwhile)
    {
        var (context, address) = (page.Context, page.Url);
        await page.CloseAsync();
        meanwhile();
        var next = await context.NewPageAsync();
        await next.GotoAsync(address);
        return new EditorPage(next);
    }

    /// <summary>Waits until the indicator says so.</summary>
    public Task ExpectStateAsync(string state) =>
        Assertions.Expect(page.Locator("#status")).ToHaveAttributeAsync("data-state", state, new() { Timeout = Limit });

    /// <summary>Waits until the text is this long, in UTF-16 code units.</summary>
    public Task ExpectLengthAsync(int length) =>
        page.WaitForFunctionAsync($"{ReadText}.length === {length}", arg: null, new() { Timeout = Limit });

    /// <summary>Waits until the text is this one; a failure tells what there was in its place.</summary>
    public async Task ExpectTextAsync(string text)
    {
        try
        {
            await page.WaitForFunctionAsync($"text => {ReadText} === text", text, new() { Timeout = Limit });
        }
        catch (TimeoutException)
        {
            Assert.Equal(text, await GetTextAsync());
            throw;
        }
    }

    /// <summary>Waits until somebody's caret with the name on its flag stands at a place, counted from 0, to within two pixels.</summary>
    public async Task ExpectCaretOfOtherAsync(string userName, int line, int column)
    {
        var caret = page.Locator(".rc-caret", new() { HasText = userName });
        await caret.WaitForAsync(new() { Timeout = Limit, State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync(
            $$"""
            ([name, line, column]) => {
              const caret = [...document.querySelectorAll('.rc-caret')].find(one => one.textContent === name);
              const place = ({{CaretPlace}})([line, column]);
              if (!caret || !place) return false;
              const { left, top, bottom } = caret.getBoundingClientRect();
              return Math.abs(left + 1 - place[0]) <= 2 && top <= place[2] && bottom >= place[1];
            }
            """,
            new object[] { userName, line, column },
            new() { Timeout = Limit });
    }

    /// <summary>The names in the list of people.</summary>
    public Task ExpectPeopleAsync(params string[] names) =>
        Assertions.Expect(page.Locator("#people li .name")).ToHaveTextAsync(names, new() { Timeout = Limit });

    /// <summary>Waits until the list says this of somebody.</summary>
    public Task ExpectStatusAsync(string userName, string status) =>
        Assertions.Expect(page.Locator("#people li .who", new() { HasText = userName }).Locator(".does")).ToHaveTextAsync(status, new() { Timeout = Limit });

    /// <summary>Says how to be found.</summary>
    public async Task SetStatusAsync(string status, string text)
    {
        await page.Locator("#people summary").ClickAsync();
        await page.Locator(".own-status input").FillAsync(text);
        await page.Locator($".own-status [data-status={status}]").ClickAsync();
        await page.Locator("#people summary").ClickAsync();
    }

    /// <summary>What an input method shows while it composes; empty text ends it.</summary>
    public async Task ComposeAsync(string text)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Input.imeSetComposition", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["text"] = text,
            ["selectionStart"] = text.Length,
            ["selectionEnd"] = text.Length,
        });
    }

    /// <summary>Enters text at once; typed on a slow machine it would be several steps of undo.</summary>
    public Task InsertAsync(string text) => page.Keyboard.InsertTextAsync(text);

    /// <summary>The input method enters what was chosen in place of what it showed.</summary>
    public Task CommitCompositionAsync(string text) => InsertAsync(text);

    public ValueTask DisposeAsync() => new(page.Context.CloseAsync());
}
