using RealtimeCollab.Server.Tests.Client;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>Chat beside a document, as people see it.</summary>
public sealed class ChatPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task TwoPages_Chatting_SeeEachOthersMessagesReactionsAndChanges()
    {
        await using var ada = await browser.OpenAsync("Ada", "chat");
        await using var bob = await browser.OpenAsync("Bob", "chat");
        await ada.Chat.ExpectReadyAsync();
        await bob.Chat.ExpectReadyAsync();
        await ada.Chat.ToggleAsync();
        await bob.Chat.ToggleAsync();

        await ada.Chat.SendAsync("Who has the figures?");
        await bob.Chat.ExpectMessagesAsync("Who has the figures?");
        await bob.Chat.ChooseAsync("Who has the figures?", "Reply");
        await bob.Chat.TypeAsync("I do");
        await ada.Chat.ExpectTypingAsync("Bob is typing…");
        await bob.Chat.PressAsync("Enter");
        await ada.Chat.ExpectMessagesAsync("Who has the figures?", "I do");
        await ada.Chat.ExpectTypingAsync("");
        await ada.Chat.ExpectQuoteAsync("I do", "Ada: Who has the figures?");

        await ada.Chat.ChooseAsync("I do", "React", "🎉");
        await bob.Chat.ExpectReactionAsync("I do", "🎉 1");
        await bob.Chat.ChooseAsync("I do", "Edit");
        await bob.Chat.SendAsync("Here they are");
        await ada.Chat.ExpectMessagesAsync("Who has the figures?", "Here they are");
        await ada.Chat.ChooseAsync("Who has the figures?", "Delete", "Really delete?");
        await bob.Chat.ExpectMessagesAsync("This message was deleted.", "Here they are");

        await using var late = await browser.OpenAsync("Carol", "chat");
        await late.Chat.ExpectReadyAsync();
        await late.Chat.ExpectMessagesAsync("This message was deleted.", "Here they are");
    }

    [Fact]
    public async Task Badge_WhileThePanelIsClosed_CountsAndTellsOfMentions()
    {
        await using var ada = await browser.OpenAsync("Ada", "mentions");
        await using var bob = await browser.OpenAsync("Bob", "mentions");
        await ada.ExpectPeopleAsync("Ada", "Bob");
        await ada.Chat.ExpectReadyAsync();
        await bob.Chat.ExpectReadyAsync();
        await bob.Chat.ExpectBadgeAsync(null);

        await ada.Chat.ToggleAsync();
        await ada.Chat.SendAsync("Hello");
        await bob.Chat.ExpectBadgeAsync("1");
        await ada.Chat.TypeMentionAsync("Look here, @b", offered: "Bob");
        await ada.Chat.PressAsync("Enter");
        await bob.Chat.ExpectBadgeAsync("2");
        await ada.Chat.ExpectBadgeAsync(null);

        await bob.Chat.ToggleAsync();
        await bob.Chat.ExpectMentionedAsync("Look here, @Bob");
        await bob.Chat.ExpectBadgeAsync("@");
        await bob.Chat.ExpectNewsAsync(1);
        await bob.Chat.FollowNewsAsync("Look here, @Bob");
        await bob.Chat.ExpectNewsAsync(0);
        await bob.Chat.ExpectBadgeAsync(null);
    }

    [Fact]
    public async Task Message_LongerThanTheServerTakes_StaysInTheFieldWithTheReason()
    {
        await using var ada = await browser.OpenAsync("Ada", "long-message");
        await ada.Chat.ExpectReadyAsync();
        await ada.Chat.ToggleAsync();

        await ada.Chat.SendAsync(new string('x', 16_385));
        await ada.Chat.ExpectTroubleAsync("A message has at most 16,384 characters; this one has 16,385.");
        await ada.Chat.ExpectFieldLengthAsync(16_385);
        await ada.Chat.SendAsync("shorter");

        await ada.Chat.ExpectMessagesAsync("shorter");
        await ada.Chat.ExpectTroubleAsync("");
    }

    [Fact]
    public async Task Message_WrittenWithoutAConnection_IsSentOnceOnReturn()
    {
        await using var proxy = new CuttingProxy(browser.Address);
        await using var ada = await browser.OpenAsync("Ada", "chat-offline", proxy.Address);
        await using var bob = await browser.OpenAsync("Bob", "chat-offline");
        await ada.Chat.ExpectReadyAsync();
        await bob.Chat.ExpectReadyAsync();
        await ada.Chat.ToggleAsync();
        await bob.Chat.ToggleAsync();

        proxy.IsDown = true;
        proxy.Cut();
        await ada.Chat.SendAsync("from Ada");
        await ada.Chat.ExpectSendingAsync("from Ada");
        await bob.Chat.SendAsync("from Bob");
        await bob.Chat.ExpectMessagesAsync("from Bob");
        proxy.IsDown = false;

        await ada.Chat.ExpectMessagesAsync("from Bob", "from Ada");
        await bob.Chat.ExpectMessagesAsync("from Bob", "from Ada");
    }
}
