using RealtimeCollab.Server.Tests.Client;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>The WebEditor in Chromium: what people see when they write together.</summary>
public sealed class EditorPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task TwoPages_TypingAtOnce_ShowTheServersText()
    {
        await using var ada = await browser.OpenAsync("Ada", "at-once");
        await using var bob = await browser.OpenAsync("Bob", "at-once");

        await Task.WhenAll(ada.TypeAsync("Ada writes a line.\nAnd a second."), bob.TypeAsync("Bob writes too, at the same time."));
        const int length = 65;
        await ada.ExpectLengthAsync(length);
        await bob.ExpectLengthAsync(length);
        await ada.ExpectStateAsync("synchronized");
        await bob.ExpectStateAsync("synchronized");

        await using var late = await browser.OpenAsync("Carol", "at-once");
        var text = await late.GetTextAsync();
        Assert.Equal(text, await ada.GetTextAsync());
        Assert.Equal(text, await bob.GetTextAsync());
        Assert.Equal(3, text.Count(letter => letter == 'A' || letter == 'B'));
    }

    [Fact]
    public async Task Page_TypingOffline_SendsItOnReturn()
    {
        await using var proxy = new CuttingProxy(browser.Address);
        await using var ada = await browser.OpenAsync("Ada", "offline", proxy.Address);
        await using var bob = await browser.OpenAsync("Bob", "offline");
        await ada.TypeAsync("start ");
        await bob.ExpectTextAsync("start ");

        proxy.IsDown = true;
        proxy.Cut();
        await ada.ExpectStateAsync("offline");
        await ada.TypeAsync("offline ");
        await bob.PressAsync("Control+Home");
        await bob.TypeAsync("online ");
        Assert.Equal("start offline ", await ada.GetTextAsync());
        await ada.ExpectStateAsync("offline");

        proxy.IsDown = false;
        await ada.ExpectTextAsync("online start offline ");
        await bob.ExpectTextAsync("online start offline ");
        await ada.ExpectStateAsync("synchronized");
    }

    [Fact]
    public async Task Window_ClosedWithUnsentEdits_SendsThemOnceWhenItIsOpenedAgain()
    {
        await using var proxy = new CuttingProxy(browser.Address);
        var closed = await browser.OpenAsync("Ada", "closed", proxy.Address);
        await closed.TypeAsync("start ");
        await closed.ExpectStateAsync("synchronized");
        proxy.IsDown = true;
        proxy.Cut();
        await closed.ExpectStateAsync("offline");
        await closed.TypeAsync("offline ");
        await closed.ExpectKeptAsync("offline ");

        await using var bob = await browser.OpenAsync("Bob", "closed");
        await bob.PressAsync("Control+Home");
        await bob.TypeAsync("online ");
        await bob.ExpectStateAsync("synchronized");
        await using var ada = await closed.ReopenAsync(() => proxy.IsDown = false);

        await ada.ExpectTextAsync("online start offline ");
        await bob.ExpectTextAsync("online start offline ");
        await ada.ExpectStateAsync("synchronized");
        await using var again = await ada.ReopenAsync(() => { });
        await again.ExpectTextAsync("online start offline ");
        await again.ExpectStateAsync("synchronized");
        Assert.Equal("online start offline ", await bob.GetTextAsync());
    }

    [Fact]
    public async Task Indicator_WhileTheServersAnswersAreLost_TellsSaving()
    {
        await using var proxy = new CuttingProxy(browser.Address);
        await using var ada = await browser.OpenAsync("Ada", "saving", proxy.Address);

        proxy.SwallowsAnswers = true;
        await ada.TypeAsync("x");
        await ada.ExpectStateAsync("saving");

        proxy.SwallowsAnswers = false;
        proxy.Cut();
        await ada.ExpectStateAsync("synchronized");
        await using var bob = await browser.OpenAsync("Bob", "saving");
        Assert.Equal("x", await bob.GetTextAsync());
    }

    [Fact]
    public async Task CaretOfAnother_Moving_IsSeenWhereItIs()
    {
        await using var ada = await browser.OpenAsync("Ada", "carets");
        await using var bob = await browser.OpenAsync("Bob", "carets");
        await ada.TypeAsync("first line\nsecond line\nthird");
        await bob.ExpectCaretOfOtherAsync("Ada", line: 2, column: 5);

        await ada.ClickLineAsync(1);
        await ada.PressAsync("Home");
        await ada.PressAsync("ArrowRight");
        await bob.ExpectCaretOfOtherAsync("Ada", line: 1, column: 1);

        await bob.PressAsync("Control+Home");
        await bob.TypeAsync("new first line\n");
        await bob.ExpectCaretOfOtherAsync("Ada", line: 2, column: 1);
        await ada.ExpectCaretOfOtherAsync("Bob", line: 1, column: 0);
    }

    [Fact]
    public async Task People_ComingAndGoing_AreListed()
    {
        await using var ada = await browser.OpenAsync("Ada", "people");
        await ada.ExpectPeopleAsync("Ada");
        await using (await browser.OpenAsync("Bob", "people"))
            await ada.ExpectPeopleAsync("Ada", "Bob");
        await ada.ExpectPeopleAsync("Ada");
    }

    [Fact]
    public async Task Undo_AfterSomebodyElseTyped_TakesBackOwnEditsOnly()
    {
        await using var ada = await browser.OpenAsync("Ada", "undo");
        await using var bob = await browser.OpenAsync("Bob", "undo");
        await ada.InsertAsync("mine");
        await bob.ExpectTextAsync("mine");
        await bob.PressAsync("Control+End");
        await bob.TypeAsync(" theirs");
        await ada.ExpectTextAsync("mine theirs");

        await ada.PressAsync("Control+z");

        await ada.ExpectTextAsync(" theirs");
        await bob.ExpectTextAsync(" theirs");
    }

    [Fact]
    public async Task Composition_WhileSomebodyElseTypesInTheLine_IsNotBroken()
    {
        await using var ada = await browser.OpenAsync("Ada", "composition");
        await using var bob = await browser.OpenAsync("Bob", "composition");
        await ada.TypeAsync("word: ");
        await bob.ExpectTextAsync("word: ");

        await ada.ComposeAsync("に");
        await ada.ExpectTextAsync("word: に");
        await ada.ComposeAsync("にほん");
        await ada.ExpectTextAsync("word: にほん");
        await bob.PressAsync("Control+Home");
        await bob.TypeAsync("A ");
        await bob.ExpectTextAsync("A word: にほん");
        await bob.ExpectStateAsync("synchronized");
        await ada.CommitCompositionAsync("日本");

        await ada.ExpectTextAsync("A word: 日本");
        await bob.ExpectTextAsync("A word: 日本");
    }

    [Fact]
    public async Task Text_AfterTheServerWasKilled_IsStillThere()
    {
        await using var proxy = new CuttingProxy(browser.Address);
        await using var ada = await browser.OpenAsync("Ada", "killed", proxy.Address);
        await ada.TypeAsync("saved. ");
        await ada.ExpectStateAsync("synchronized");

        proxy.IsDown = true;
        await browser.CrashServerAsync();
        await ada.ExpectStateAsync("offline");
        await ada.TypeAsync("unsaved. ");
        proxy.Server = browser.Address;
        proxy.IsDown = false;
        await ada.ExpectStateAsync("synchronized");

        await using var bob = await browser.OpenAsync("Bob", "killed");
        Assert.Equal("saved. unsaved. ", await bob.GetTextAsync());
    }
}
