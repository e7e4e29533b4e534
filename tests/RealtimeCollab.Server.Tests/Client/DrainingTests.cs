using System.Collections.Concurrent;
using RealtimeCollab.Client;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Storage.Sqlite;

namespace RealtimeCollab.Server.Tests.Client;

public sealed class DrainingTests
{
    [Fact]
    public async Task Server_ThatStopsUnderTypists_CostsThemNoEditAndShowsNoError()
    {
        var root = Directory.CreateTempSubdirectory("collab-test-");
        var first = await TestApp.StartAsync(Options(root));
        await using var proxy = new CuttingProxy(first.Address);
        await using var alice = await first.StartClientAsync("alice", proxy.Address);
        var documents = await Task.WhenAll(alice.EditAsync("a"), alice.EditAsync("b"));
        var errors = new ConcurrentQueue<string>();
        foreach (var document in documents)
            document.ErrorOccurred += (_, failure) => errors.Enqueue(failure.Error.Code);

        using var stop = new CancellationTokenSource();
        var typing = documents.Select(document => TypeAsync(document, stop.Token)).ToList();
        await documents[0].WaitUntilSynchronizedAsync(revision: 5, TestContext.Current.CancellationToken);
        await first.StopAsync();
        await using var second = await TestApp.StartAsync(Options(root));
        proxy.Server = second.Address;
        await stop.CancelAsync();
        var expected = await Task.WhenAll(typing);
        foreach (var document in documents)
            await document.SettleAsync();

        await using var bob = await second.StartClientAsync("bob");
        for (var i = 0; i < documents.Length; i++)
        {
            Assert.Equal(expected[i], documents[i].Text);
            Assert.Equal(expected[i], (await bob.EditAsync(documents[i].Id)).Text);
            Assert.Equal(DocumentState.Synchronized, documents[i].State);
        }

        Assert.Empty(errors);
    }

    private static async Task<string> TypeAsync(CollabDocument document, CancellationToken stop)
    {
        var typed = 0;
        var text = new System.Text.StringBuilder();
        while (!stop.IsCancellationRequested)
        {
            var word = $"{++typed} ";
            document.Insert(document.Length, word);
            text.Append(word);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }

        return text.ToString();
    }

    private static TestAppOptions Options(DirectoryInfo root) => new()
    {
        Root = root,
        Storage = (services, folder) => services.AddSqliteStorage($"Data Source={Path.Combine(folder.FullName, "collab.db")}"),
    };
}
