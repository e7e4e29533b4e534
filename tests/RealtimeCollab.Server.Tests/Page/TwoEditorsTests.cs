using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Page;

/// <summary>Two WebEditors on one PostgreSQL and one Redis, as operations.md has it: people meet whichever they opened.</summary>
public sealed class TwoEditorsTests(BrowserFixture browser, PostgreSqlServer postgreSql, RedisServer redis)
    : IClassFixture<BrowserFixture>, IClassFixture<PostgreSqlServer>, IClassFixture<RedisServer>
{
    [Fact]
    public async Task People_OnTwoNodes_WriteTogetherAndSeeEachOther()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RealtimeCollab__Storage__Provider"] = "postgresql",
            ["RealtimeCollab__Storage__ConnectionString"] = await postgreSql.CreateDatabaseAsync(),
            ["RealtimeCollab__Redis__ConnectionString"] = redis.ConnectionString,
        };
        await using var here = await EditorProcess.StartAsync(browser.DataFolder, settings);
        await using var there = await EditorProcess.StartAsync(browser.DataFolder, settings);
        await using var ada = await browser.OpenAsync("Ada", "two-nodes", here.Address);
        await using var bob = await browser.OpenAsync("Bob", "two-nodes", there.Address);

        await ada.TypeAsync("from one node ");
        await bob.ExpectTextAsync("from one node ");
        await bob.PressAsync("Control+End");
        await bob.TypeAsync("and the other");

        await ada.ExpectTextAsync("from one node and the other");
        await ada.ExpectPeopleAsync("Ada", "Bob");
        await bob.ExpectPeopleAsync("Bob", "Ada");
        await ada.ExpectCaretOfOtherAsync("Bob", 0, 27);
        await ada.ExpectStatusAsync("Bob", "Editing");
    }
}
