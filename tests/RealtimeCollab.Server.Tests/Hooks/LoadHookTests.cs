using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Application;
using RealtimeCollab.Server.Hooks;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Http;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions;

namespace RealtimeCollab.Server.Tests.Hooks;

/// <summary>The application hears of documents before they are loaded.</summary>
public sealed class LoadHookTests
{
    [Fact]
    public async Task Document_ThatTheApplicationHas_IsThereForWhoeverComesFirst()
    {
        await using var app = await HookedApp.LoadAsync(async (services, documentId) =>
        {
            if (documentId == "theirs")
                await services.GetRequiredService<IDocumentService>().As("archive").CreateAsync(documentId, content: Document.FromText("from the archive"));
        });
        await using var client = await app.StartClientAsync("ada");
        var other = await app.StartClientAsync("bob");
        await using var _ = other;

        var opened = await Task.WhenAll(client.EditAsync("theirs"), other.EditAsync("theirs"));

        Assert.All(opened, document => Assert.Equal(("from the archive", 1), (document.Text, document.Revision)));
        Assert.Equal("archive", (string?)(await (await ApiClient.OfAsync(app, "ada")).CallAsync("theirs/operations")).Answer["operations"]![0]!["userId"]);
    }

    [Fact]
    public async Task Hook_IsCalledOnlyForWhatIsNotInMemory()
    {
        var asked = new ConcurrentQueue<string>();
        await using var app = await HookedApp.LoadAsync((_, documentId) =>
        {
            asked.Enqueue(documentId);
            return Task.CompletedTask;
        });
        await using var ada = await app.ConnectAsync("ada");
        await ada.InvokeAsync("StartEditing", new { documentId = "d" });
        var calls = asked.Count;
        Assert.All(asked, documentId => Assert.Equal("d", documentId));
        await using var bob = await app.ConnectAsync("bob");
        await bob.InvokeAsync("Subscribe", new { documentId = "d" });
        await (await ApiClient.OfAsync(app, "bob")).GetAsync("d");

        Assert.InRange(calls, 1, 2);
        Assert.Equal(calls, asked.Count);
    }

    [Fact]
    public async Task Refusal_KeepsEverybodyOut()
    {
        await using var app = await HookedApp.LoadAsync((_, documentId) => documentId == "closed" ? throw CollabException.Refused("Under repair.", "repair") : Task.CompletedTask);
        await using var ada = await app.ConnectAsync("ada");

        Assert.Equal("permission_denied", await ada.InvokeRefusedAsync("StartEditing", new { documentId = "closed" }));
        var (_, problem) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("closed");
        Assert.Equal("permission_denied", (string?)problem["code"]);
        await ada.InvokeAsync("StartEditing", new { documentId = "open" });
    }

    [Fact]
    public async Task Hook_ThatUsesTheDocumentItself_IsNotCalledForThat()
    {
        var calls = 0;
        await using var app = await HookedApp.LoadAsync(async (services, documentId) =>
        {
            Interlocked.Increment(ref calls);
            var documents = services.GetRequiredService<IDocumentService>().As("archive");
            if (await documents.CreateAsync(documentId))
                await documents.EditAsync(documentId, _ => TextOperation.Replace(0, 0, 0, "filled"));
        });
        var (_, answer) = await (await ApiClient.OfAsync(app, "ada")).CallAsync("d");

        Assert.Equal(("filled", 1), ((string?)answer["content"], calls));
    }

    [Fact]
    public void Add_OfWhatIsNoHook_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddDocumentHook<LoadHookTests>());
}
