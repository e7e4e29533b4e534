using System.Globalization;
using System.Security.Cryptography;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.CrossLanguage;

/// <summary>
/// TypeScript and .NET clients type into the same documents, plain and rich, over a network that delays, stalls and cuts. All show the
/// same in the end, and each one's undo takes back only its own. A seed in the environment, <c>CROSS_LANGUAGE_SEED</c>, draws the same edits.
/// </summary>
public sealed class ConvergenceTests(ITestOutputHelper output)
{
    private const int EditsEach = 60;

    private static readonly string[] Documents = ["plain", "rich"];

    [Fact]
    public async Task Clients_OfBothLanguages_OnABadNetwork_ConvergeAndUndoOnlyTheirOwn()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CROSS_LANGUAGE_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : RandomNumberGenerator.GetInt32(1_000_000);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CROSS_LANGUAGE_SEED={seed}"));
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        await using var dotnet = await DotNetTypist.StartAsync(proxy.Address, await app.GetTokenAsync("ada"), Documents, '\u4e00', seed);
        await using var node = await NodeTypist.StartAsync(proxy.Address, await app.GetTokenAsync("bob"), Documents, '\u5400', seed + 1);
        await using var otherDotnet = await DotNetTypist.StartAsync(proxy.Address, await app.GetTokenAsync("cleo"), Documents, '\u5a00', seed + 2);
        await using var otherNode = await NodeTypist.StartAsync(app.Address, await app.GetTokenAsync("dan"), Documents, '\u6000', seed + 3);
        ITypist[] typists = [dotnet, node, otherDotnet, otherNode];

        using var calm = new CancellationTokenSource();
        var chaos = new NetworkChaos(proxy, seed).RunAsync(calm.Token);
        await Task.WhenAll(typists.Select(TypeAsync));
        await calm.CancelAsync();
        await chaos;
        foreach (var document in Documents)
        {
            var before = await ConvergeAsync(typists, document);
            Assert.All(typists, typist => Assert.NotEmpty(before.MarksOf(typist)));

            await dotnet.UndoAllAsync(document);
            await node.UndoAllAsync(document);
            var after = await ConvergeAsync(typists, document);
            Assert.Empty(after.MarksOf(dotnet));
            Assert.Empty(after.MarksOf(node));
            Assert.Equal(before.MarksOf(otherDotnet), after.MarksOf(otherDotnet));
            Assert.Equal(before.MarksOf(otherNode), after.MarksOf(otherNode));
        }

        Assert.True(proxy.Accepted > 3, "the network was never cut");
    }

    private static async Task TypeAsync(ITypist typist)
    {
        foreach (var document in Documents)
            await typist.TypeAsync(document, EditsEach);
    }

    /// <summary>Waits until all have seen what any of them has seen, and says what all show.</summary>
    private static async Task<Shown> ConvergeAsync(ITypist[] typists, string document)
    {
        var saved = await Task.WhenAll(typists.Select(typist => typist.ReportAsync(document, revision: 0)));
        var head = saved.Max(shown => shown.Revision);
        var shown = await Task.WhenAll(typists.Select(typist => typist.ReportAsync(document, head)));
        Assert.All(shown, each => Assert.Equal(shown[0], each));
        return shown[0];
    }
}
