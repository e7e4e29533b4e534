using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Webhooks;

/// <summary>When a document has changed, on a clock that the test moves.</summary>
public sealed class DebounceTests
{
    private static readonly (string Name, string Value)[] Changes =
        [("QuietTime", "00:00:05"), ("LongestTime", "00:00:20"), ("Endpoints:crm:Events:0", "document.changed")];

    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Edits_CloseToEachOther_AreOneChange()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, Changes) with { Time = _time });
        await using var ada = await app.EditAsync("ada", "notes");
        for (var revision = 0; revision < 4; revision++)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            await ada.TypeAsync("notes", revision);
        }

        var first = await AdvanceUntilTakenAsync(receiver, count: 1);
        await ada.TypeAsync("notes", 4);
        var both = await AdvanceUntilTakenAsync(receiver, count: 2);

        Assert.Equal([4], first.Select(one => one.Revision));
        Assert.Equal([4, 5], both.Select(one => one.Revision));
    }

    [Fact]
    public async Task Edits_ThatNeverEnd_AreAChangeNowAndThen()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(WebhookApp.Telling(receiver, Changes) with { Time = _time });
        await using var ada = await app.EditAsync("ada", "notes");
        var began = _time.GetUtcNow();
        var taken = receiver.TakeAsync(events => events.Count >= 3);
        for (var revision = 0; !taken.IsCompleted; revision++)
        {
            // never quiet
            await ada.TypeAsync("notes", revision);
            await AdvanceAsync(taken);
        }

        var edited = (_time.GetUtcNow() - began).TotalSeconds;
        Assert.InRange((await taken).Count, 3, (int)(edited / 20));
        Assert.Equal(3, (await taken).Select(one => one.Revision).Distinct().Count());
    }

    /// <summary>The server looks once a second, and what it found it sends by itself.</summary>
    private async Task<IReadOnlyList<ReceivedEvent>> AdvanceUntilTakenAsync(WebhookReceiver receiver, int count)
    {
        var taken = receiver.TakeAsync(events => events.Count >= count);
        while (!taken.IsCompleted)
            await AdvanceAsync(taken);
        return await taken;
    }

    private async Task AdvanceAsync(Task taken)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAny(taken, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
    }
}
