namespace RealtimeCollab.Server.Tests.Page;

/// <summary>Who is here, and what they do, as people see it.</summary>
public sealed class PresencePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task List_TellsWhatOthersDoAndSay()
    {
        await using var ada = await browser.OpenAsync("Ada", "presence");
        await using var bob = await browser.OpenAsync("Bob", "presence");
        await ada.ExpectStatusAsync("Bob", "Online");

        await bob.TypeAsync("x");
        await ada.ExpectStatusAsync("Bob", "Editing");
        await ada.SetStatusAsync("busy", "in a meeting");
        await ada.ExpectStatusAsync("Ada", "Busy · in a meeting");
        await bob.ExpectStatusAsync("Ada", "Busy · in a meeting");
    }
}
