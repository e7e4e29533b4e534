using RealtimeCollab.Client;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Server.Tests.Client;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Protocols;

/// <summary>The clients of this repository: MessagePack unless told otherwise, and either with either.</summary>
public sealed class ClientProtocolTests
{
    [Fact]
    public async Task DotNetClients_OverBothProtocols_ShowTheSame()
    {
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.StartClientAsync("ada");
        await using var grace = await app.StartClientAsync("grace", protocol: HubProtocolChoice.Json);
        Assert.Equal(["json", "messagepack"], Handshakes(app).Order());

        await using var adas = await ada.EditAsync("d");
        await using var graces = await grace.EditAsync("d");
        adas.Edit(content => TextOperation.Replace(content.Length, 0, 0, "Ada 😀 "));
        graces.Edit(content => TextOperation.Replace(content.Length, content.Length, 0, "Grace 漢"));
        await ClientTestExtensions.SettleAsync(adas, graces);
        Assert.Equal(adas.Text, graces.Text);
        Assert.Contains("Ada 😀 ", adas.Text, StringComparison.Ordinal);
        Assert.Contains("Grace 漢", adas.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "messagepack")]
    [InlineData("json", "json")]
    public async Task TypeScriptClient_ToldAProtocolOrNone_SpeaksIt(string? told, string spoken)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = await TestApp.StartAsync();
        await using var ada = await app.StartClientAsync("ada");
        await using var document = await ada.EditAsync("d");
        document.Edit(content => TextOperation.Replace(content.Length, 0, 0, "Ada 😀 "));
        await document.SettleAsync();

        string[] arguments = [app.Address.AbsoluteUri, await app.GetTokenAsync("grace"), "d", "Grace 漢", .. told is null ? [] : new[] { told }];
        using var process = NodeScript.Start("collab-client.mjs", arguments);
        var shown = await process.StandardOutput.ReadToEndAsync(cancellation).WaitAsync(Patience.Limit, cancellation);
        Assert.True(shown == "Ada 😀 Grace 漢", $"{shown} {await process.StandardError.ReadToEndAsync(cancellation)}");
        Assert.Equal(spoken, Handshakes(app)[^1]);
        await document.SettleAsync(2);
        Assert.Equal(shown, document.Text);
    }

    private static string[] Handshakes(TestApp app)
    {
        const string marker = "Using HubProtocol '";
        return [.. app.Logs.Lines.Select(line => line.Text).Where(line => line.Contains(marker, StringComparison.Ordinal)).Select(line => line.Split(marker)[1].Split('\'')[0])];
    }
}
