using RealtimeCollab.Server.Tests.Client;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>The WebEditor in Chromium with rich text.</summary>
public sealed class RichEditorPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task TwoWindows_FormattingTheSameWordsAtOnce_Agree()
    {
        await using var ada = await browser.OpenRichAsync("Ada", "same-words");
        await using var bob = await browser.OpenRichAsync("Bob", "same-words");
        await ada.TypeAsync("the same words");
        await bob.ExpectHtmlAsync("<p>the same words</p>");
        await ada.SelectAsync(0, 8);
        await bob.SelectAsync(4, 10);

        await Task.WhenAll(ada.PressAsync("Control+b"), bob.PressAsync("Control+i"));

        const string both = "<p><strong>the <em>same</em></strong><em> words</em></p>";
        await ada.ExpectHtmlAsync(both);
        await bob.ExpectHtmlAsync(both);
        await ada.ExpectSavedAsync();
        await using var late = await browser.OpenRichAsync("Carol", "same-words");
        await late.ExpectHtmlAsync(both);
    }

    [Fact]
    public async Task TwoWindows_MakingALineAHeadingAndAListAtOnce_ShowTheSame()
    {
        await using var proxy = new CuttingProxy(browser.Address);
        await using var ada = await browser.OpenRichAsync("Ada", "kinds", proxy.Address);
        await using var bob = await browser.OpenRichAsync("Bob", "kinds");
        await ada.TypeAsync("line");
        await bob.ExpectHtmlAsync("<p>line</p>");
        await bob.PressAsync("Control+End");

        proxy.IsStalled = true;
        await ada.ClickToolAsync(".ql-blockquote");
        await bob.ClickToolAsync(".ql-list[value=bullet]");
        await bob.ExpectSavedAsync();
        proxy.IsStalled = false;

        const string list = "<ol><li data-list=\"bullet\"><span class=\"ql-ui\" contenteditable=\"false\"></span>line</li></ol>";
        await ada.ExpectHtmlAsync(list);
        await bob.ExpectHtmlAsync(list);
    }

    [Fact]
    public async Task CaretOfAnother_Moving_IsSeenWhereItIs()
    {
        await using var ada = await browser.OpenRichAsync("Ada", "rich-carets");
        await using var bob = await browser.OpenRichAsync("Bob", "rich-carets");
        await ada.TypeAsync("some words");
        await bob.ExpectCaretOfOtherAsync("Ada", 10);

        await bob.PressAsync("Control+Home");
        await bob.TypeAsync("> ");
        await bob.ExpectCaretOfOtherAsync("Ada", 12);
        await ada.ExpectCaretOfOtherAsync("Bob", 2);
        await ada.PressAsync("Home");
        await bob.ExpectCaretOfOtherAsync("Ada", 0);
    }

    [Fact]
    public async Task Undo_AfterSomebodyElseTyped_TakesBackOwnEditsOnly()
    {
        await using var ada = await browser.OpenRichAsync("Ada", "rich-undo");
        await using var bob = await browser.OpenRichAsync("Bob", "rich-undo");
        await ada.InsertAsync("mine");
        await bob.ExpectHtmlAsync("<p>mine</p>");
        await bob.PressAsync("Control+End");
        await bob.TypeAsync(" theirs");
        await ada.ExpectHtmlAsync("<p>mine theirs</p>");

        await ada.PressAsync("Control+z");

        await ada.ExpectHtmlAsync("<p> theirs</p>");
        await bob.ExpectHtmlAsync("<p> theirs</p>");
    }

    [Fact]
    public async Task PasteOfFiftyThousandLetters_IsSavedWholeWhileBothGoOnTyping()
    {
        const int length = 50_000;
        await using var ada = await browser.OpenRichAsync("Ada", "paste");
        await using var bob = await browser.OpenRichAsync("Bob", "paste");

        await ada.InsertAsync(new string('p', length));
        await Task.WhenAll(ada.TypeAsync("after"), bob.TypeAsync("beside"));

        const int all = length + 11;
        await ada.ExpectLengthAsync(all);
        await bob.ExpectLengthAsync(all);
        await ada.ExpectSavedAsync();
        await bob.ExpectSavedAsync();
        Assert.Equal(await ada.GetHtmlAsync(), await bob.GetHtmlAsync());
    }

    [Fact]
    public async Task Page_WhileALargePasteIsOnItsWay_GoesOnDrawing()
    {
        const int length = 50_000;
        await using var proxy = new CuttingProxy(browser.Address);
        await using var ada = await browser.OpenRichAsync("Ada", "frames", proxy.Address);
        await ada.CountFramesAsync();

        proxy.SwallowsAnswers = true;
        await ada.InsertAsync(new string('p', length));
        await ada.ExpectFramesAsync(10, state: "saving", length);
        await ada.TypeAsync("after");
        await ada.ExpectFramesAsync(10, state: "saving", length + 5);
        proxy.SwallowsAnswers = false;
        proxy.Cut();
        await ada.ExpectSavedAsync();

        await using var bob = await browser.OpenRichAsync("Bob", "frames");
        Assert.Equal(await ada.GetHtmlAsync(), await bob.GetHtmlAsync());
    }

    [Fact]
    public async Task History_ShowsAnyRevisionAndRestoresIt()
    {
        await using var ada = await browser.OpenRichAsync("Ada", "history");
        await ada.TypeAsync("first");
        await ada.ExpectSavedAsync();
        await using var bob = await browser.OpenRichAsync("Bob", "history");
        await ada.OpenHistoryAsync();
        await ada.NameRevisionAsync("The draft");
        await bob.PressAsync("Control+End");
        await bob.TypeAsync(", second");
        await ada.ExpectHtmlAsync("<p>first, second</p>");

        await ada.MoveSliderAsync(1);
        await ada.ExpectPreviewAsync(1, "");
        await ada.ChooseVersionAsync("The draft");
        await ada.RestoreAsync();

        await ada.ExpectHtmlAsync("<p>first</p>");
        await bob.ExpectHtmlAsync("<p>first</p>");
    }
}
