using Microsoft.Playwright;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>What a person sees and does in the chat panel of one window.</summary>
internal sealed class ChatPanel(IPage page)
{
    private static readonly float Limit = (float)Patience.Limit.TotalMilliseconds;

    private ILocator Toggle => page.Locator("#chat-toggle");

    private ILocator Field => page.Locator("#chat-composer textarea");

    private ILocator Messages => page.Locator("#chat-messages .message");

    /// <summary>Waits until the room is joined.</summary>
    public Task ExpectReadyAsync() => Assertions.Expect(page.Locator("#chat")).ToHaveAttributeAsync("data-ready", "true", new() { Timeout = Limit });

    /// <summary>Opens the panel, or closes it.</summary>
    public Task ToggleAsync() => Toggle.ClickAsync();

    public async Task SendAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>Types a part of a name by keys, and takes the first that is offered.</summary>
    public async Task TypeMentionAsync(string text, string offered)
    {
        await Field.FocusAsync();
        await page.Keyboard.TypeAsync(text);
        await Assertions.Expect(page.Locator("#chat-people [aria-selected=true]")).ToHaveTextAsync(offered, new() { Timeout = Limit });
        await page.Keyboard.PressAsync("Enter");
    }

    public Task PressAsync(string keys) => page.Keyboard.PressAsync(keys);

    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    /// <summary>Chooses what is to be done with a message.</summary>
    public async Task ChooseAsync(string message, params string[] choices)
    {
        var tools = Message(message).Locator(".tools");
        await Message(message).HoverAsync();
        foreach (var choice in choices)
            await tools.GetByText(choice, new() { Exact = true }).ClickAsync();
    }

    /// <summary>Waits until these are the texts of the messages.</summary>
    public Task ExpectMessagesAsync(params string[] texts) =>
        Assertions.Expect(Messages.Locator(".content")).ToHaveTextAsync(texts, new() { Timeout = Limit });

    /// <summary>Waits until a message shows this reaction, by so many.</summary>
    public Task ExpectReactionAsync(string message, string reaction) =>
        Assertions.Expect(Message(message).Locator(".reaction")).ToHaveTextAsync([reaction], new() { Timeout = Limit });

    /// <summary>Waits until a message quotes the one that it answers.</summary>
    public Task ExpectQuoteAsync(string message, string quote) =>
        Assertions.Expect(Message(message).Locator(".quote")).ToHaveTextAsync(quote, new() { Timeout = Limit });

    /// <summary>Waits until a mention in a message is set off as one of the user's own.</summary>
    public Task ExpectMentionedAsync(string message) =>
        Assertions.Expect(Message(message).Locator("mark.me")).ToHaveCountAsync(1, new() { Timeout = Limit });

    /// <summary>Waits until the badge at the button says so; null for none.</summary>
    public Task ExpectBadgeAsync(string? badge)
    {
        var shown = Assertions.Expect(page.Locator("#chat-badge"));
        return badge is null ? shown.ToBeHiddenAsync(new() { Timeout = Limit }) : shown.ToHaveTextAsync(badge, new() { Timeout = Limit });
    }

    /// <summary>Waits until the line below the messages says so.</summary>
    public Task ExpectTypingAsync(string line) => Assertions.Expect(page.Locator("#chat-typing")).ToHaveTextAsync(line, new() { Timeout = Limit });

    /// <summary>Waits until the panel says that something was refused, and why.</summary>
    public Task ExpectTroubleAsync(string text) => Assertions.Expect(page.Locator("#chat-trouble")).ToHaveTextAsync(text, new() { Timeout = Limit });

    /// <summary>Waits until the field holds so many UTF-16 code units.</summary>
    public Task ExpectFieldLengthAsync(int length) =>
        page.WaitForFunctionAsync($"document.querySelector('#chat-composer textarea').value.length === {length}", arg: null, new() { Timeout = Limit });

    /// <summary>Waits until so many notifications are listed.</summary>
    public Task ExpectNewsAsync(int count) => Assertions.Expect(page.Locator("#chat-news li")).ToHaveCountAsync(count, new() { Timeout = Limit });

    /// <summary>Follows the first notification to its message, which then has the focus.</summary>
    public async Task FollowNewsAsync(string message)
    {
        await page.Locator("#chat-news summary").ClickAsync();
        await page.Locator("#chat-news li button").First.ClickAsync();
        await Assertions.Expect(Message(message)).ToBeFocusedAsync(new() { Timeout = Limit });
    }

    /// <summary>Waits until somebody's message waits for a connection.</summary>
    public Task ExpectSendingAsync(string text) =>
        Assertions.Expect(page.Locator("#chat-messages .sending .content")).ToHaveTextAsync(text, new() { Timeout = Limit });

    private ILocator Message(string text) => Messages.Filter(new() { Has = page.Locator(".content").GetByText(text, new() { Exact = true }) });
}
