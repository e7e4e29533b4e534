using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Followers;

/// <summary>A follower that stops reading, on a real socket with the system's real buffers.</summary>
public sealed class SlowFollowerTests
{
    /// <summary>More than what sockets buffer on any system that the tests run on.</summary>
    private const int MaxEdits = 200;

    [Fact]
    public async Task Follower_ThatStopsReading_IsCutWhileTheRoomGoesOn_AndResumesByRevision()
    {
        await using var app = await TestApp.StartAsync();
        await using var alice = await app.ConnectAsync("alice");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        using var bob = await OpenWithoutReadingAsync(app);
        await alice.NextAsync("UserJoined");
        await using var carol = await EventClient.OpenAsync(app, "carol", "d");
        await carol.NextAsync("snapshot");

        var text = new string('x', 300_000);
        var revision = 0;
        while (revision < MaxEdits && alice.Received("UserLeft").Count == 0)
        {
            var operation = revision == 0 ? new JsonArray(text) : new JsonArray(text, -text.Length);
            await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", revision, operation));
            revision++;
            await carol.NextAsync("remote_operation", applied => (long)applied["id"]! == revision);
        }

        Assert.Equal("bob", (string?)(await alice.NextAsync("UserLeft"))["client"]!["userId"]);
        Assert.Single(app.Logs.Lines, line => line.EventId == ServerEventIds.SlowReceiverCut);
        await using var back = await EventClient.OpenAsync(app, "bob", "d", revision - 1);
        Assert.Equal(revision, (long)(await back.NextAsync("remote_operation"))["id"]!);
    }

    private static async Task<TcpClient> OpenWithoutReadingAsync(TestApp app)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        var request = $"GET /api/documents/d/events HTTP/1.1\r\nHost: {app.Address.Authority}\r\nAuthorization: Bearer {await app.GetTokenAsync("bob")}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return client;
    }
}
