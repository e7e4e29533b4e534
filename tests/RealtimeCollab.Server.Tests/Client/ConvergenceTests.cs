using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Support;
using RealtimeCollab.Sessions.Storage;

namespace RealtimeCollab.Server.Tests.Client;

public sealed class ConvergenceTests
{
    private const int Clients = 4;
    private const int EditsEach = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Clients_EditingAtRandomOverCuts_ShowWhatTheLogReplaysTo(int seed)
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => app.StartClientAsync(
            $"user{i}", i % 2 == 0 ? proxy.Address : null, protocol: i < Clients / 2 ? HubProtocolChoice.MessagePack : HubProtocolChoice.Json)));
        var documents = await Task.WhenAll(clients.Select(client => client.EditAsync("d")));

        await Task.WhenAll(documents.Select((document, i) => TypeAsync(document, new Random((seed * 100) + i), cut: i == 0 ? proxy.Cut : null)));
        await ClientTestExtensions.SettleAsync(documents);
        var because = string.Create(CultureInfo.InvariantCulture, $"seed {seed}");
        var replayed = await ReplayAsync(app, "d");
        foreach (var document in documents)
            Assert.True(string.Equals(replayed, document.Text, StringComparison.Ordinal), because);
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    /// <summary>Random edits on whatever the content is, saved after each tenth, so that the others' come in between.</summary>
    private static async Task TypeAsync(CollabDocument document, Random random, Action? cut)
    {
        for (var i = 0; i < EditsEach; i++)
        {
            document.Edit(content => RandomEdits.Next(content, random));
            if (i % 50 == 25)
                cut?.Invoke();
            if (i % 10 == 9)
                await document.WaitUntilSavedAsync(TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);
        }
    }

    private static async Task<string> ReplayAsync(TestApp app, string documentId)
    {
        var log = app.Services.GetRequiredService<IOperationLog>();
        var content = Document.Empty;
        foreach (var entry in await log.ReadAsync(documentId, 0, int.MaxValue, TestContext.Current.CancellationToken))
            content = content.Apply(entry.Operation);

        return content.ToString();
    }
}
